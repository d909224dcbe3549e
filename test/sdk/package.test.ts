import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { start } from './child.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sdk = new URL('../../sdk/', import.meta.url)

interface Manifest {
  readonly exports: Readonly<Record<string, { readonly types: string; readonly default: string }>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
}

const { exports, dependencies, peerDependencies } = JSON.parse(
  readFileSync(new URL('package.json', sdk), 'utf8'),
) as Manifest

beforeAll(() => {
  for (const step of [['node_modules/typescript/bin/tsc', '-b', 'sdk'], ['sdk/bundle/build.ts']]) {
    execFileSync(process.execPath, step, { cwd: root })
  }
})

test('the package holds every entry and its types, and nothing of the build', () => {
  const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: fileURLToPath(sdk),
    encoding: 'utf8',
  })
  const [{ files }] = JSON.parse(packed) as [{ files: readonly { path: string }[] }]
  const paths = files.map(({ path }) => path)
  for (const entry of Object.values(exports)) {
    expect(paths).toContain(entry.types.slice(2))
    expect(paths).toContain(entry.default.slice(2))
  }
  expect(paths).toContain('dist/loader.js')
  expect(paths).toContain('dist/cli/main.js')
  expect(
    paths.filter((path) => !/^(package\.json|README\.md|(bin|dist)\/.+\.(js|d\.ts))$/.test(path)),
  ).toEqual([])
})

test('the public types need no client to be installed', () => {
  const seen = new Set<string>()
  const foreign = new Set<string>()
  const visit = (url: URL): void => {
    if (seen.has(url.href)) return
    seen.add(url.href)
    for (const [, specifier = ''] of readFileSync(url, 'utf8').matchAll(/from '([^']+)'/g)) {
      if (specifier.startsWith('.')) visit(new URL(specifier.replace(/\.ts$/, '.d.ts'), url))
      else foreign.add(specifier)
    }
  }
  for (const { types } of Object.values(exports)) visit(new URL(types, sdk))
  expect(seen.size).toBeGreaterThan(5)
  expect([...foreign]).toEqual(['@opentelemetry/api'])
})

test('where there is no Node.js, nothing of it is asked for but the context that follows calls', () => {
  const seen = new Set<string>()
  const foreign = new Set<string>()
  const visit = (url: URL): void => {
    if (seen.has(url.href)) return
    seen.add(url.href)
    const text = readFileSync(url, 'utf8')
    for (const [, specifier = ''] of text.matchAll(/^import (?:[^;]*? from )?"([^"]+)"/gm)) {
      if (specifier.startsWith('.')) visit(new URL(specifier, url))
      else foreign.add(specifier)
    }
  }
  for (const program of ['dist/edge/index.js', 'dist/edge/platform.js'])
    visit(new URL(program, sdk))
  expect([...foreign].toSorted()).toEqual(['#platform', '@opentelemetry/api', 'node:async_hooks'])
})

test('the package depends on OpenTelemetry and a loader hook', () => {
  expect(Object.keys(dependencies)).toEqual(['require-in-the-middle'])
  const foreign = Object.keys(peerDependencies).filter(
    (name) => !name.startsWith('@opentelemetry/'),
  )
  expect(foreign).toEqual([])
})

test('to import it does nothing: no timer, no listener, no global, no change to the environment', async () => {
  const program = `
    const { stdout } = process
    const state = () => [
      process.getActiveResourcesInfo(),
      process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
      Reflect.ownKeys(globalThis).map(String),
      Object.entries(process.env),
    ].map((part) => JSON.stringify(part))
    const before = state()
    await import('@llmscope/sdk')
    await import('@llmscope/sdk/catalogue')
    stdout.write(state().filter((part) => !before.includes(part)).join())`
  const ended = await start(['--input-type=module', '--eval', program]).ended
  expect(ended).toEqual({ code: 0, signal: null, stdout: '', stderr: '' })
})

test('a start loads few files, and nothing that sees every require of the application', async () => {
  const watch = `data:text/javascript,
    import { registerHooks } from 'node:module';
    const files = [];
    registerHooks({ load: (url, context, next) => (files.push(url), next(url, context)) });
    process.on('exit', () => process.stdout.write(files.join(' ')));`
  const program = ['--import', watch, '--import', './sdk/dist/register.js', '--eval', '0']
  const stdout = execFileSync(process.execPath, program, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const files = stdout.split(' ')
  const ours = files.filter((file) => file.includes('/sdk/dist/'))
  expect(ours).toContainEqual(expect.stringMatching(/register\.js$/))
  expect(ours.length).toBeLessThan(20)
  expect(files.filter((file) => file.includes('in-the-middle'))).toEqual([])
})
