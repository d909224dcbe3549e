import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { createHost } from '../../host-agent/src/host.ts'
import { LINUX, measure } from './agent-process.ts'

vi.setConfig({ testTimeout: 30_000 })

test('a network filesystem whose server is gone keeps none of the others from being told', async () => {
  const root = mkdtempSync(join(tmpdir(), 'host-agent-'))
  cpSync(LINUX, root, { recursive: true })
  const mounts = ['gone', 'here', 'there'].map((name) => {
    mkdirSync(join(root, name))
    return `nas:/${name} /${name} nfs4 rw 0 0\n`
  })
  writeFileSync(join(root, 'proc/1/mounts'), mounts.join(''))
  const stat = '#!/bin/sh\ncase "$*" in */gone) exec sleep 600 ;; esac\nexec /usr/bin/stat "$@"\n'
  writeFileSync(join(root, 'stat'), stat, { mode: 0o755 })
  const { lines, stderr } = await measure(
    ['--collectors', 'filesystem'],
    { PATH: `${root}:/usr/bin:/bin` },
    root,
  )
  rmSync(root, { recursive: true })
  const told = lines.filter(({ name }) => name === 'system.filesystem.limit')
  expect(told.map(({ attributes }) => attributes['system.filesystem.mountpoint'])).toEqual([
    '/here',
    '/there',
  ])
  expect(stderr).toMatch(/failed \(it is tried again every time\): \S+\/gone does not answer\n$/)
})

test('nothing is asked twice at once: no mount, and no command whatever its arguments', async () => {
  const host = createHost('/', { doing: () => {}, note: () => {} })
  const { signal } = new AbortController()
  const [first, second, other] = await Promise.allSettled([
    host.statfs('/', signal, true),
    host.statfs('/', signal, true),
    host.statfs('/proc', signal, true),
  ])
  expect([first.status, other.status]).toEqual(['fulfilled', 'fulfilled'])
  expect(second).toMatchObject({ reason: { message: expect.stringMatching(/^stat \/ \(process/) } })

  const [sleeps, refused] = await Promise.allSettled([
    host.exec('sleep', ['0.1'], signal),
    host.exec('sleep', ['0.2'], signal),
  ])
  expect(sleeps.status).toBe('fulfilled')
  expect(refused).toMatchObject({ reason: { message: expect.stringMatching(/^sleep \(process/) } })
})
