import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Run, runNode } from './child.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace('package-checks', 'consumer')
})
afterAll(() => workspace.remove())

/** Runs a tool of the install, in the project of a consumer. */
function run(tool: string, ...args: string[]): Promise<Run> {
  const install = dirname(dirname(dirname(workspace.folder)))
  return runNode(workspace.folder, [join(install, 'node_modules', tool), ...args])
}

test('the package takes less than 300 kB', async () => {
  expect((await stat(workspace.tarball)).size).toBeLessThan(300_000)
})

test('publint has nothing to say', async () => {
  const { code, stdout } = await run('publint/src/cli.js', workspace.tarball, '--strict')
  expect([code, stdout]).toEqual([0, expect.stringContaining('All good!')])
})

test('its types are right in every way in which an ES module is imported', async () => {
  const attw = '@arethetypeswrong/cli/dist/index.js'
  const { code, stdout } = await run(attw, workspace.tarball, '--profile', 'esm-only')
  expect([code, stdout]).toEqual([0, expect.any(String)])
})

test.each(['nodenext', 'bundler'])(
  'a project that checks all types compiles with no LLM client installed: %s',
  async (resolution) => {
    const module = resolution === 'nodenext' ? 'nodenext' : 'esnext'
    const options = ['--module', module, '--moduleResolution', resolution]
    const strict = ['--strict', '--skipLibCheck', 'false', '--target', 'es2023', '--noEmit']
    expect(await run('typescript/bin/tsc', ...options, ...strict, 'everything.ts')).toEqual({
      code: 0,
      signal: null,
      stdout: '',
      stderr: '',
    })
  },
)
