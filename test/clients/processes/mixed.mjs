import { createRequire } from 'node:module'
import clients from './clients.cjs'
import programs from './programs.cjs'

// An ESM application with a CJS dependency: the client is there twice, with classes of its own each time.
const [, , name, baseURL] = process.argv
const client = clients[name]

for (const library of [
  await import(client.module),
  createRequire(import.meta.url)(client.module),
]) {
  await programs.run('plain', client, library, baseURL)
}
