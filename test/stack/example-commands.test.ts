import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const examples = join(import.meta.dirname, '../../examples')

test.each([
  ['demo', ['--onse'], /^Unknown option '--onse'\nUsage: npm run demo .*\n$/],
  ['agent', ['--jason'], /^Unknown option '--jason'[^\n]*\nUsage: main\.ts .*\n$/],
  ['training', ['--step', '3'], /^Unknown option '--step'\nUsage: main\.ts .*\n$/],
  ['training', ['--steps', 'few'], /^--steps must be a whole number above 0, not few\n$/],
  ['canned-openai', ['--ports', '1'], /^Unknown option '--ports'\nUsage: main\.ts .*\n$/],
  ['canned-openai', ['--seed', 'x'], /seed must be a whole number, not NaN\nUsage: main\.ts .*\n$/],
])('examples/%s says what is wrong with %j, and does nothing', async (name, args, stderr) => {
  const main = join(examples, name, 'main.ts')
  const run = promisify(execFile)(process.execPath, [
    '--conditions=@llmscope/source',
    main,
    ...args,
  ])
  await expect(run).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(stderr),
  })
})
