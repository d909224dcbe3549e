/** The two majors of the SDK under the same names, in the form that is asked for. */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const { MCP_MAJOR = '1', MCP_FORM = 'ESM' } = process.env
const load = MCP_FORM === 'ESM' ? (name) => import(name) : require

const FILES = {
  1: {
    client: ['client/index.js', 'client/stdio.js', 'client/streamableHttp.js', 'types.js'],
    server: ['server/mcp.js', 'server/stdio.js', 'server/streamableHttp.js'],
    from: '@modelcontextprotocol/sdk/',
  },
  2: {
    client: ['client', 'client/stdio'],
    server: ['server', 'server/stdio'],
    from: '@modelcontextprotocol/',
  },
}

/** Everything that `side` needs. */
export async function packagesOf(side) {
  const files = FILES[MCP_MAJOR]
  const modules = []
  for (const file of files[side]) modules.push(await load(files.from + file))
  return Object.assign({}, ...modules)
}
