import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { run, SMI_PATH } from './agent-process.ts'
import { folder, freePort, lost, openSink, PATIENT, start, times, UPTIME } from './delivered.ts'

vi.setConfig({ testTimeout: 90_000 })

describe('a queue on disk', () => {
  test('outlives an agent that is killed: the next one sends what it left', async () => {
    const [port, queue] = [await freePort(), folder()]
    const killed = start(port, [...UPTIME, '--queue-folder', queue])
    await expect.poll(() => readdirSync(join(queue, 'metrics')).length, PATIENT).toBeGreaterThan(5)
    await killed.end('SIGKILL')
    const left = readdirSync(join(queue, 'metrics')).filter((name) => name.endsWith('.gz')).length
    const restarted = Date.now()
    const sink = await openSink(port)
    start(port, [...UPTIME, '--queue-folder', queue])
    await expect.poll(() => times(sink).at(-1) ?? 0, PATIENT).toBeGreaterThan(restarted)
    expect(times(sink).filter((time) => time < restarted)).toHaveLength(left)
    await expect.poll(() => readdirSync(join(queue, 'metrics')), PATIENT).toHaveLength(0)
  })

  test('that holds what is no round names the file, and loses nothing else', async () => {
    const queue = folder()
    mkdirSync(join(queue, 'metrics'))
    writeFileSync(join(queue, 'metrics', '000000000007.gz'), 'not zipped')
    writeFileSync(join(queue, 'metrics', '000000000008.gz.part'), 'torn')
    const sink = await openSink()
    const agent = start(sink.port, [...UPTIME, '--queue-folder', queue])
    await expect.poll(() => lost(sink, 'unreadable'), PATIENT).toBe(1)
    expect(agent.stderr).toMatch(/metrics that waited in 000000000007\.gz are lost: .*header/)
    await expect.poll(() => readdirSync(join(queue, 'metrics')), PATIENT).toHaveLength(0)
  })

  test('that cannot be written any more waits in memory, which is said once', async () => {
    const [port, queue] = [await freePort(), folder()]
    const agent = start(port, [...UPTIME, '--queue-folder', queue])
    await expect.poll(() => agent.stderr, PATIENT).toMatch(/cannot send/)
    rmSync(join(queue, 'metrics'), { recursive: true })
    await expect.poll(() => agent.stderr, PATIENT).toMatch(/only in memory: .*ENOENT/)
    const sink = await openSink(port)
    await expect.poll(() => times(sink).length, PATIENT).toBeGreaterThan(5)
    expect(agent.stderr.match(/only in memory/g)).toHaveLength(1)
  })

  test('is of one agent alone', async () => {
    const [port, queue] = [await freePort(), folder()]
    const first = start(port, [...UPTIME, '--queue-folder', queue])
    await expect.poll(() => first.stderr, PATIENT).toMatch(/sends to/)
    const second = await run(['--queue-folder', queue], { PATH: SMI_PATH })
    expect(second.code).toBe(2)
    expect(second.stderr).toContain(`another agent has it, process ${first.child.pid}`)
  })
})

test('headers of a file are read anew for each request, and a wrong line is named', async () => {
  const sink = await openSink()
  const file = join(folder(), 'headers')
  writeFileSync(file, '# the key\nauthorization: Bearer one\n')
  const agent = start(sink.port, [...UPTIME, '--headers-file', file])
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(0)
  expect(sink.last.headers).toMatchObject({ authorization: 'Bearer one' })
  writeFileSync(file, 'authorization Bearer two\n')
  await expect.poll(() => agent.stderr, PATIENT).toMatch(/headers, line 1: write a header as/)
  expect(agent.stderr).not.toContain('Bearer')
  writeFileSync(file, 'authorization: Bearer three\n')
  await expect
    .poll(() => sink.last.headers, PATIENT)
    .toMatchObject({ authorization: 'Bearer three' })
})
