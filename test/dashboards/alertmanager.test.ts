import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { run } from './programs.ts'

interface Route {
  readonly receiver: string
  readonly repeat_interval: string
}
interface Configuration {
  readonly route: Route & { readonly group_by: string[]; readonly routes: readonly Route[] }
  readonly receivers: readonly { readonly name: string }[]
}
interface ActiveAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly status: { readonly inhibitedBy: readonly string[] }
}

const folder = join(import.meta.dirname, '../../dashboards/alertmanager')
const files = ['alertmanager.yml', 'alertmanager.production.yml']
const read = (name: string): Configuration => parse(readFileSync(join(folder, name), 'utf8'))

test.each(files)('amtool accepts %s', (name) => {
  const { status, text } = run('amtool', 'check-config', join(folder, name))
  expect(text).toContain('SUCCESS')
  expect(status).toBe(0)
})

test.each([
  ['alertmanager.yml', 'warning', ['severity=warning', 'alertname=LLMErrorRateHigh']],
  ['alertmanager.yml', 'critical', ['severity=critical', 'alertname=ServiceDown']],
  ['alertmanager.production.yml', 'warning', ['severity=warning', 'alertname=GPUUtilizationHigh']],
  ['alertmanager.production.yml', 'critical', ['severity=critical', 'alertname=ServiceDown']],
  ['alertmanager.production.yml', 'warning', ['alertname=WithoutASeverity']],
])('in %s the receiver %s gets %j', (name, receiver, labels) => {
  const { status } = run(
    'amtool',
    'config',
    'routes',
    'test',
    `--config.file=${join(folder, name)}`,
    `--verify.receivers=${receiver}`,
    ...labels,
  )
  expect(status).toBe(0)
})

test.each(files)('%s groups alerts, waits, and repeats critical ones more often', (name) => {
  expect(read(name).route).toMatchObject({
    group_by: ['alertname', 'severity'],
    group_wait: '30s',
    group_interval: '5m',
    repeat_interval: '4h',
    routes: [{ receiver: 'critical', repeat_interval: '1h' }],
  })
})

test("a developer's machine tells nobody, production tells by e-mail and webhook", () => {
  expect(read('alertmanager.yml').receivers).toEqual([{ name: 'warning' }, { name: 'critical' }])
  expect(read('alertmanager.production.yml').receivers).toMatchObject([
    { name: 'warning', email_configs: [{}] },
    { name: 'critical', email_configs: [{}], webhook_configs: [{}] },
  ])
})

test.each(files)('%s holds no secret', (name) => {
  expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/(password|credentials|token): /)
})

describe('a running Alertmanager', () => {
  const storage = mkdtempSync(join(tmpdir(), 'llmscope-alertmanager-'))
  let server: ChildProcess | undefined
  let address: string

  beforeAll(async () => {
    const listen = `127.0.0.1:${await freePort()}`
    address = `http://${listen}/api/v2`
    server = spawn(
      'alertmanager',
      [
        `--config.file=${join(folder, 'alertmanager.yml')}`,
        `--storage.path=${storage}`,
        `--web.listen-address=${listen}`,
        '--cluster.listen-address=',
      ],
      { stdio: 'ignore' },
    )
    await vi.waitFor(async () => {
      const { ok, status } = await fetch(`${address}/status`)
      if (!ok) throw new Error(`Alertmanager answers ${status}`)
    }, 10_000)
  }, 15_000)

  afterAll(async () => {
    if (server?.kill()) await once(server, 'exit')
    rmSync(storage, { recursive: true })
  })

  test('does not tell of warnings about what is known to be down, and tells of all others', async () => {
    await send([
      { alertname: 'ServiceDown', severity: 'critical', service_name: 'chat' },
      { alertname: 'ServiceDown', severity: 'critical', host_name: 'node-1' },
      { alertname: 'ServiceDown', severity: 'critical', job: 'prometheus' },
      { alertname: 'LLMErrorRateHigh', severity: 'warning', service_name: 'chat' },
      { alertname: 'LLMErrorRateHigh', severity: 'warning', service_name: 'search' },
      { alertname: 'GPUUtilizationHigh', severity: 'warning', host_name: 'node-1' },
      { alertname: 'GPUUtilizationHigh', severity: 'warning', host_name: 'node-2' },
      { alertname: 'WithNeitherLabel', severity: 'warning' },
    ])
    await vi.waitFor(async () => {
      const alerts = await active()
      const silenced = alerts.filter(({ status }) => status.inhibitedBy.length > 0)
      expect(alerts).toHaveLength(8)
      expect(silenced.map(({ labels }) => labels)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ alertname: 'LLMErrorRateHigh', service_name: 'chat' }),
          expect.objectContaining({ alertname: 'GPUUtilizationHigh', host_name: 'node-1' }),
        ]),
      )
      expect(silenced).toHaveLength(2)
    }, 10_000)
  }, 15_000)

  async function send(alerts: readonly object[]): Promise<void> {
    const body = JSON.stringify(alerts.map((labels) => ({ labels })))
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${address}/alerts`, { method: 'POST', headers, body })
    expect(response.status).toBe(200)
  }

  async function active(): Promise<ActiveAlert[]> {
    const response = await fetch(`${address}/alerts`)
    return (await response.json()) as ActiveAlert[]
  }
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
