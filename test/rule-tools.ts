import { delimiter } from 'node:path'
import { provideRuleTools } from '@llmscope/stack'

/** Before the tests: has `promtool`, `amtool` and `alertmanager` on PATH, built with Go where they are not. */
export async function setup(): Promise<void> {
  const folders = await provideRuleTools({
    env: process.env,
    onProgress: (line) => process.stdout.write(`${line}\n`),
  })
  process.env['PATH'] = [...folders, process.env['PATH']].join(delimiter)
}
