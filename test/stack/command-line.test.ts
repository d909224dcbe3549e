import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const main = join(import.meta.dirname, '../../stack/src/main.ts')

async function run(...args: string[]): Promise<{ stdout: string }> {
  return promisify(execFile)(process.execPath, [main, ...args])
}

test('--help names every option and variable', async () => {
  const { stdout } = await run('--help')
  for (const word of [
    '--profile',
    '--data',
    '--build-only',
    'LLMSCOPE_JAEGER_PORT',
    'LLMSCOPE_CACHE',
  ]) {
    expect(stdout).toContain(word)
  }
})

test('an unknown option is named, and nothing is started', async () => {
  await expect(run('--profil', 'local')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Unknown option '--profil'/),
  })
})
