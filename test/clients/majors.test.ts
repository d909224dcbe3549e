import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startOllamaServer } from '../sdk/ollama-server/server.ts'
import { type OtlpSink, startOtlpSink } from '../sdk/otlp-sink.ts'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { type Run, runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { install, openWorkspace, type Workspace } from './workspace.ts'

const INSTALL = 'ollama-0'
const FILES = ['browser.mjs', 'browser.cjs', 'index.mjs', 'index.cjs']

let workspace: Workspace
let server: ScriptedServer
beforeAll(async () => {
  ;[workspace, server] = await Promise.all([openWorkspace(INSTALL, 'majors'), startOllamaServer()])
})
afterAll(() => Promise.all([workspace.remove(), server.close()]))

/** Puts the client nearer to the program than the one that is installed, as a later version of itself. */
async function release(version: string, change: (source: string) => string): Promise<void> {
  const folder = join(workspace.folder, 'node_modules/ollama')
  await cp(join(await install(INSTALL), 'node_modules/ollama'), folder, { recursive: true })
  const edit = async (file: string, to: (text: string) => string): Promise<void> =>
    writeFile(join(folder, file), to(await readFile(join(folder, file), 'utf8')))
  await edit('package.json', (text) =>
    text.replace(/"version": "[^"]+"/, `"version": "${version}"`),
  )
  for (const file of FILES) await edit(join('dist', file), change)
}

async function run(entry: string, method: string): Promise<{ run: Run; sink: OtlpSink }> {
  const sink = await startOtlpSink()
  const args = ['--import', '@llmscope/sdk/register', entry, server.baseURL, method]
  const ended = await runNode(workspace.folder, args, {
    ...exportTo(sink.url),
    LLMSCOPE_REPORT: '1',
  })
  await sink.close()
  return { run: ended, sink }
}

const warnings = ({ stderr }: Run): string[] => stderr.match(/LlmscopeWarning: .*/g) ?? []

describe.each(['main.mjs', 'main.cjs'])('%s', (entry) => {
  test('a later major of a client works, is traced, and is named by one warning', async () => {
    await release('1.2.0', (source) => source)
    const { run: ended, sink } = await run(entry, 'chat')
    expect(ended).toMatchObject({ code: 0, stdout: 'CANARY-ANSWER of three pieces' })
    expect(sink.spans.map(({ name }) => name)).toEqual(['chat ordinary', 'chat ordinary'])
    expect(warnings(ended)).toEqual([
      expect.stringContaining('ollama 1.2.0 is newer than what llmscope is tested with (0)'),
    ])
    expect(ended.stderr).toMatch(
      /traced +ollama 1\.2\.0 .*; newer than what llmscope is tested with/,
    )
  })

  test('a major that has none of the methods works, and is named by one warning', async () => {
    await release('2.0.0', (source) =>
      source.replaceAll(/\basync (chat|generate|embed|embeddings)\(/g, 'async $1Anew('),
    )
    const { run: ended, sink } = await run(entry, 'chatAnew')
    expect(ended).toMatchObject({ code: 0, stdout: 'CANARY-ANSWER of three pieces' })
    expect(sink.spans).toEqual([])
    expect(warnings(ended)).toEqual([
      expect.stringContaining('ollama 2.0.0 was loaded, but this version of it has none'),
    ])
  })
})
