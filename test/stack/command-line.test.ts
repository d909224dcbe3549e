import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  anyPort,
  everyBinary,
  healthyProgram,
  pidsOf,
  running,
  started,
  unhealthyProgram,
} from './stand-ins.ts'

const main = join(import.meta.dirname, '../../stack/src/main.ts')

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmscope-test-'))
  await mkdir(join(folder, 'tmp'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

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

test.each([
  [['--profil', 'local'], /^Unknown option '--profil'/],
  [['--profile', 'nowhere'], /^There is no Collector profile nowhere\./],
])('%j is a wrong command line, and nothing is started', async (args, stderr) => {
  await expect(run(...args)).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(stderr),
  })
})

test('a signal before all is healthy stops what was started, at once and quietly', async () => {
  const outcome = await interrupted('SIGTERM', everyBinary(await unhealthyProgram(folder)), 4)
  expect(outcome).toEqual({ code: 143, stderr: '', stdout: '' })
})

test('a signal during a build ends the build, quietly', async () => {
  await writeFile(join(folder, 'go'), `#!/bin/sh\necho $$ >> ${pidsOf(folder)}\nsleep 60\n`)
  await chmod(join(folder, 'go'), 0o755)
  const cache = join(folder, 'cache')
  const env = { PATH: `${folder}:/usr/bin:/bin`, LLMSCOPE_CACHE: cache }
  const { code, stderr } = await interrupted('SIGINT', env, 1)
  expect({ code, stderr }).toEqual({ code: 130, stderr: '' })
  expect(await readdir(cache)).toEqual([])
})

test('a signal to a stack that is ready is its usual end', async () => {
  const binary = await healthyProgram(folder)
  const outcome = await interrupted('SIGHUP', everyBinary(binary), /Ready\. Ctrl-C stops all\./)
  expect(outcome).toMatchObject({ code: 0, stderr: '' })
})

/** Starts the stack and sends it a signal when so many programs run, or when it has said `moment`. */
async function interrupted(
  signal: NodeJS.Signals,
  env: NodeJS.ProcessEnv,
  moment: number | RegExp,
): Promise<{ code: number | null; stderr: string; stdout: string }> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...anyPort, TMPDIR: join(folder, 'tmp'), ...env },
  })
  const stderr = text(child.stderr)
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  const hasCome = async (): Promise<boolean> =>
    typeof moment === 'number' ? (await started(folder)).length === moment : moment.test(stdout)
  await expect.poll(hasCome, { timeout: 20_000 }).toBe(true)
  child.kill(signal)
  const [code] = (await once(child, 'close')) as [number | null]
  expect(await running(folder)).toEqual([])
  expect(await readdir(join(folder, 'tmp'))).toEqual([])
  return { code, stderr: await stderr, stdout }
}
