import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { provide } from '../../stack/src/build.ts'
import type { Program } from '../../stack/src/program.ts'

let folder: string
let program: Program
let env: NodeJS.ProcessEnv
let progress: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmscope-test-'))
  const directory = join(folder, 'source')
  await mkdir(directory)
  await writeFile(join(directory, 'go.mod'), 'module example.org/tool\n')
  program = { name: 'tool', variable: 'TOOL_BIN', source: { directory, package: '.', tags: ['a'] } }
  env = { PATH: `${folder}:/usr/bin:/bin`, LLMSCOPE_CACHE: join(folder, 'cache'), GOFLAGS: '-x' }
  progress = []
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

test('what is built is kept, and not built again', async () => {
  await toolchain()
  const first = await build()
  expect(await readFile(first, 'utf8')).toContain('tool of')
  expect(await build()).toBe(first)
  expect(await timesBuilt()).toBe(1)
})

test('a build is static, reproducible, and deaf to the flags of whoever started it', async () => {
  await toolchain()
  const binary = await readFile(await build(), 'utf8')
  expect(binary).toContain('CGO_ENABLED=0 GOFLAGS= GOWORK=off')
  expect(binary).toContain('-trimpath -ldflags=-s -w -tags a')
})

test.each([
  ['go.mod', 'module example.org/other\n'],
  ['go.sum', 'example.org/dependency v1.0.0 h1:abc=\n'],
  ['main.go', 'package main\n'],
])('a change of %s is another binary', async (file, text) => {
  await toolchain()
  const before = await build()
  await writeFile(join(folder, 'source', file), text)
  expect(await build()).not.toBe(before)
  expect(await timesBuilt()).toBe(2)
})

test('other build tags are another binary', async () => {
  await toolchain()
  const before = await build()
  program = { ...program, source: { ...program.source, tags: ['b'] } }
  expect(await build()).not.toBe(before)
})

test('two that build the same at once both get the same whole binary', async () => {
  await toolchain('sleep 0.2')
  const [one, two] = await Promise.all([build(), build()])
  expect(one).toBe(two)
  expect(await readdir(dirname(dirname(one)))).toHaveLength(1)
})

test('a failed build shows its last lines and leaves nothing that looks built', async () => {
  await toolchain('echo "undefined: frobnicate" >&2; exit 1')
  await expect(build()).rejects.toThrow(/Building tool failed[^]*undefined: frobnicate/)
  expect(await readdir(join(folder, 'cache'))).toEqual([])
})

test('progress says what is built, and that it is done', async () => {
  await toolchain()
  await build()
  expect(progress[0]).toMatch(/^building tool/)
  expect(progress.at(-1)).toMatch(/^built tool in \d+ s$/)
})

test('a binary that the environment names is used as it is', async () => {
  await executable('mine', '')
  env = { ...env, TOOL_BIN: join(folder, 'mine') }
  expect(await build()).toBe(join(folder, 'mine'))
})

async function build(): Promise<string> {
  const user = { program }
  const binaries = await provide([user], { env, onProgress: (line) => progress.push(line) })
  return binaries.get(user) ?? ''
}

/** A `go` that writes what it was asked for where its binary should go. */
async function toolchain(before = ''): Promise<void> {
  await executable(
    'go',
    `echo built >> ${join(folder, 'builds')}
${before}
all="$*"
while [ "$1" != -o ]; do shift; done
echo "tool of CGO_ENABLED=$CGO_ENABLED GOFLAGS=$GOFLAGS GOWORK=$GOWORK $all" > "$2"`,
  )
}

async function executable(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`)
  await chmod(join(folder, name), 0o755)
}

async function timesBuilt(): Promise<number> {
  return (await readFile(join(folder, 'builds'), 'utf8')).trim().split('\n').length
}
