import { type ContentItem, start, tool, type UploadContent, uploadToFolder } from '@llmscope/sdk'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answering, json } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const bytes = randomBytes(3000)
const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex')

function capture(uploadContent: UploadContent, redaction = true): void {
  start({ captureContent: 'span_only', contentLimit: 1024, uploadContent, redaction })
}

/** What leaves of a tool's result. */
function sent(result: unknown): unknown {
  tool('look', () => result)
  return JSON.parse(String(telemetry().spans.at(-1)?.attributes['gen_ai.tool.call.result']))
}

test('media is handed to the hook, and its URI stands in the message', async () => {
  const items: ContentItem[] = []
  capture((item) => {
    items.push(item)
    return `s3://bucket/${item.sha256}`
  })
  const url = `data:image/png;base64,${bytes.toString('base64')}`
  const client = answering(() => json({ id: 'x', choices: [] }))
  for (let turn = 0; turn < 2; turn += 1) {
    await client.chat.completions.create({
      model: 'm',
      messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }],
    })
  }
  const digest = sha256(bytes)
  for (const { attributes } of telemetry().spans) {
    expect(JSON.parse(String(attributes['gen_ai.input.messages']))).toEqual([
      {
        role: 'user',
        parts: [
          {
            type: 'uri',
            modality: 'image',
            mime_type: 'image/png',
            uri: `s3://bucket/${digest}`,
            byte_length: 3000,
            sha256: digest,
          },
        ],
      },
    ])
  }
  expect(items).toEqual([
    { data: bytes, mimeType: 'image/png', sha256: digest, attribute: 'gen_ai.input.messages' },
  ])
})

test('a text that is cut is kept whole, redacted', () => {
  const items: ContentItem[] = []
  capture((item) => {
    items.push(item)
    return 'kept:1'
  })
  const text = `alice@example.com ${'x'.repeat(5000)}`
  const whole = `[email] ${'x'.repeat(5000)}`
  expect(sent(text)).toMatch(
    new RegExp(
      String.raw`^\[email\] x+\[cut, whole 5008 bytes, sha256 ${sha256(whole)}, at kept:1\]x+$`,
    ),
  )
  expect(items).toEqual([
    {
      data: whole,
      mimeType: 'text/plain',
      sha256: sha256(whole),
      attribute: 'gen_ai.tool.call.result',
    },
  ])
})

test.each<[string, () => never]>([
  [
    'throws',
    (): never => {
      throw new Error('no')
    },
  ],
  ['returns a promise', (): never => Promise.reject(new Error('no')) as never],
])('where the hook %s the reference has no URI, and the fault is counted', async (_, hook) => {
  capture(hook)
  expect(sent(bytes)).toBe(`[application/octet-stream, 3000 bytes, sha256 ${sha256(bytes)}]`)
  expect(await telemetry().points('llmscope.sdk.faults')).toMatchObject([
    { attributes: { 'llmscope.fault.site': 'upload' }, value: 1 },
  ])
})

test('nothing is handed to the hook while nothing is captured', async () => {
  const hook = vi.fn<UploadContent>()
  start({ captureContent: 'no_content', uploadContent: hook })
  tool({ name: 'look', arguments: bytes }, () => bytes)
  await answering(() => json({ id: 'x', choices: [] })).chat.completions.create({
    model: 'm',
    messages: [{ role: 'user', content: 'x'.repeat(200_000) }],
    stop: 'x'.repeat(200_000),
  })
  expect(hook).not.toHaveBeenCalled()
})

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llmscope-upload-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const files = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'))

const uriIn = (text: unknown): string => /, at (\S+)\]/.exec(String(text))?.[1] ?? ''

test('a folder keeps each piece once, in a file named by its digest, for its owner alone', async () => {
  capture(uploadToFolder(join(folder, 'not', 'there', 'yet')))
  const uri = uriIn(sent(bytes))
  capture(uploadToFolder(join(folder, 'not', 'there', 'yet')))
  expect(uriIn(JSON.stringify(sent({ again: bytes })))).toBe(uri)
  const path = fileURLToPath(uri)
  await expect.poll(files).toHaveLength(1)
  expect(path.endsWith(`${sha256(bytes)}.bin`)).toBe(true)
  expect(readFileSync(path)).toEqual(bytes)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a folder names files by their type', async () => {
  capture(uploadToFolder(folder))
  const uris = [
    ['image/png', bytes],
    ['audio/x-wav', randomBytes(3000)],
    ['../../etc/passwd', randomBytes(3000)],
  ].map(([mimeType, data]) =>
    uriIn(JSON.stringify(sent({ mimeType, data: data?.toString('base64') }))),
  )
  uris.push(uriIn(sent('word '.repeat(1000))))
  expect(uris.map((uri) => uri.split('.').at(-1))).toEqual(['png', 'wav', 'bin', 'txt'])
  await expect.poll(files).toHaveLength(4)
})

test('a folder that cannot be written is counted once, and then left alone for a while', async () => {
  const file = join(folder, 'file.txt')
  writeFileSync(file, '')
  const hook = uploadToFolder(file)
  capture(hook)
  expect(uriIn(sent(bytes))).not.toBe('')
  await expect
    .poll(() => telemetry().points('llmscope.sdk.faults'))
    .toMatchObject([{ attributes: { 'llmscope.fault.site': 'upload' }, value: 1 }])
  expect(uriIn(sent(randomBytes(3000)))).toBe('')
  expect(files()).toEqual(['file.txt'])
})

test('a folder takes no more than it can write', async () => {
  capture(uploadToFolder(folder))
  const size = 40 * 1024 * 1024
  expect(uriIn(sent(Buffer.alloc(size, 1)))).not.toBe('')
  expect(uriIn(sent(Buffer.alloc(size, 2)))).toBe('')
  await expect.poll(() => files().filter((name) => name.endsWith('.bin'))).toHaveLength(1)
})
