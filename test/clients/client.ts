import { createRequire } from 'node:module'
import { join } from 'node:path'
import { instrument } from '@llmscope/sdk'
import { afterAll, beforeAll } from 'vitest'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { install } from './workspace.ts'

/** How a test gets at a client. */
export interface ClientSource<Client extends object> {
  readonly startServer: () => Promise<ScriptedServer>
  /** Makes a client of a library that talks to a server, with options of the test's own. */
  readonly make: (require: NodeJS.Require, baseURL: string, options: object) => Client
}

export interface ClientInUse<Client> {
  readonly server: ScriptedServer
  readonly client: Client
  readonly create: (options?: object) => Client
}

/** An instrumented client of one install, in this process, and a scripted server that it talks to. */
export function useClient<Client extends object>(
  version: string,
  { startServer, make }: ClientSource<Client>,
): ClientInUse<Client> {
  let require: NodeJS.Require
  let server: ScriptedServer
  let client: Client
  const create = (options: object = {}): Client =>
    instrument(make(require, server.baseURL, options))
  beforeAll(async () => {
    require = createRequire(join(await install(version), 'index.js'))
    server = await startServer()
    client = create()
  })
  afterAll(() => server.close())
  return {
    get server() {
      return server
    },
    get client() {
      return client
    },
    create,
  }
}
