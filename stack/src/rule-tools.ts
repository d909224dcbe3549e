import { dirname, join } from 'node:path'
import { type BuildOptions, provide } from './build.ts'
import { STACK } from './paths.ts'
import { findOnPath, type Program } from './program.ts'
import { alertmanager } from './services/alertmanager.ts'

const promtool: Program = {
  name: 'promtool',
  variable: 'LLMSCOPE_PROMTOOL_BIN',
  source: {
    directory: join(STACK, 'tools/prometheus'),
    package: 'github.com/prometheus/prometheus/cmd/promtool',
    tags: ['remove_all_sd'],
  },
}

const amtool: Program = {
  name: 'amtool',
  variable: 'LLMSCOPE_AMTOOL_BIN',
  source: {
    directory: join(STACK, 'tools/alertmanager'),
    package: 'github.com/prometheus/alertmanager/cmd/amtool',
    tags: [],
  },
}

/**
 * Folders that have to come onto PATH for `promtool`, `amtool` and `alertmanager` to be found there:
 * none for those that are, else where the cache has them, built now if need be.
 */
export async function provideRuleTools(options: BuildOptions): Promise<string[]> {
  const programs = [promtool, amtool, alertmanager.program]
  const found = await Promise.all(programs.map(async ({ name }) => findOnPath(name, options.env)))
  const missing = programs.filter((_, index) => found[index] === undefined)
  const users = missing.map((program) => ({ program }))
  return [...(await provide(users, options)).values()].map((file) => dirname(file))
}
