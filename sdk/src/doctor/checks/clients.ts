import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Adapter } from '../../calls/adapter.ts'
import { adapters } from '../../instrumentations/index.ts'
import { patchModule } from '../../calls/patch.ts'
import { type Check, type Finding, ok, problem, unknown } from '../check.ts'
import { type Package, packageFrom } from '../package.ts'
import { vendorAgents } from '../../calls/vendor-agents.ts'

export const clients: Check = {
  name: 'LLM clients',
  run: ({ folder }) => {
    const findings = adapters.flatMap((adapter) => {
      const found = packageFrom(folder, adapter.module)
      return found ? [known(adapter, found, folder), ...besides(adapter, folder)] : []
    })
    if (findings.length > 0) return findings
    const names = adapters.map(({ module }) => module).join(', ')
    return [
      unknown(
        `none of ${names} is installed in ${folder}`,
        'Start the doctor in the folder of the application.',
      ),
    ]
  },
}

/** Looks into the client: its version says little about whether its methods are where they were. */
function known(adapter: Adapter, { name, version }: Package, folder: string): Finding {
  try {
    const exports = createRequire(join(folder, 'index.js'))(name) as object
    const methods = patchModule(adapter, exports)
    const found = `${name} ${version}: ${methods} of ${adapter.targets.length} methods are known`
    if (methods > 0) return ok(found)
    return problem(found, 'Its calls cannot be traced. Please report the version.')
  } catch (error) {
    const [reason] = String(error).split('\n')
    return unknown(`${name} ${version} cannot be loaded here: ${reason}`, 'Run: npm install')
  }
}

/** Who else traces the client, if it runs. */
function besides({ module, others = [] }: Adapter, folder: string): Finding[] {
  const all = [
    ...others.map((name) => ({
      name,
      what: `where it traces ${module}, llmscope adds metrics and no second span`,
    })),
    ...vendorAgents
      .filter(({ optOut }) => module in optOut)
      .map(({ name, optOut }) => ({
        name,
        what: `it traces ${module} as well, into traces of its own; not so with ${optOut[module]}`,
      })),
  ]
  return all
    .filter(({ name }) => packageFrom(folder, name))
    .map(({ name, what }) => ok(`${name} is installed: ${what}`))
}
