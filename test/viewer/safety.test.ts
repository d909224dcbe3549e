/** Who may ask and send. */
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startViewerProcess, type ViewerProcess } from './viewer-process.ts'

let viewer: ViewerProcess

beforeAll(async () => {
  viewer = await startViewerProcess()
}, 60_000)
afterAll(() => viewer?.stop())

test.each<[string, Record<string, string>, number]>([
  ['this machine', { host: 'localhost:4319' }, 200],
  ['a name that was given this address', { host: 'evil.example' }, 403],
  ['a page of another site', { host: '127.0.0.1:1', origin: 'http://evil.example' }, 403],
])('who asks as %s is answered %s: %s', async (_, headers, status) => {
  expect(await statusOf(`${viewer.page}/data/traces`, headers)).toBe(status)
})

test('nothing of the page may run that is not its own', async () => {
  const { headers } = await fetch(`${viewer.page}/data/status`)
  expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('for other machines a token is needed', async () => {
  const open = await startViewerProcess(['--memory', '--host', '0.0.0.0', '--token', 'a b'])
  const page = new URL(open.page)
  const local = `http://127.0.0.1:${page.port}`
  expect(await statusOf(`${local}/data/traces`, {})).toBe(401)
  expect(await statusOf(`${local}/data/traces`, { authorization: 'Bearer wrong' })).toBe(401)
  expect(await statusOf(`${local}/data/traces`, { authorization: 'Bearer a b' })).toBe(200)
  const entered = await fetch(`${local}/?token=a%20b`, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(await statusOf(`${local}/data/traces`, { cookie })).toBe(200)
  const sent = await fetch(`http://127.0.0.1:${new URL(open.otlp).port}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  expect(sent.status).toBe(401)
  await open.stop()
})

/** `fetch` sets Host itself. */
async function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  request(url, { headers }, (response) => {
    response.resume()
    resolve(response.statusCode)
  })
    .on('error', reject)
    .end()
  return promise
}
