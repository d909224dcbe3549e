import { startOpenAIServer } from './server.ts'

const server = await startOpenAIServer(Number(process.argv[2] ?? 0))
process.stdout.write(`${server.baseURL}\n`)
process.once('SIGTERM', () => void server.close())
