import clients from '../processes/clients.cjs'
import { endings, run } from './application.cjs'
import { start } from './sdk.cjs'

const [, , name, baseURL, own, ending] = process.argv
const client = clients[name]
const library = await import(client.module)
if (own === 'own') start()

await run(client, library, baseURL)
await endings[ending]?.()
