import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { parseLine } from '../../../host-agent/src/receivers/json-lines/line.ts'
import { Lines } from '../../../host-agent/src/receivers/files/lines.ts'
import { Received } from './training-sink.ts'

vi.setConfig({ testTimeout: 60_000 })
const PATIENT = { timeout: 20_000, interval: 50 }

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'receivers-'))
  cleanups.push(() => rmSync(folder, { recursive: true }))
  return folder
}

async function receive(path: string): Promise<Received> {
  const received = await Received.open({ 'json-lines': path })
  cleanups.push(() => received.close())
  return received
}

/** What came of a line: its numbers, the reason why it is none, or something that nobody expects. */
function outcome(text: string): 'numbers' | 'reason' | 'other' {
  try {
    const values: unknown[] = Object.values(parseLine(text).values)
    return values.every((value) => typeof value === 'number') ? 'numbers' : 'other'
  } catch (error) {
    return error instanceof SyntaxError || error instanceof TypeError ? 'reason' : 'other'
  }
}

const json = (values: object): string => `${JSON.stringify(values)}\n`

test('lines that a script writes become the run that a loop would be', async () => {
  const path = join(temporaryFolder(), 'tiny.jsonl')
  const received = await receive(path)
  const start = Date.now() - 20_000
  writeFileSync(path, json({ hyperparameters: { learning_rate: 0.1, optimizer: { name: 'sgd' } } }))
  const losses = Array.from({ length: 12 }, (_each, step) => 2 / (step + 3))
  for (const [step, loss] of losses.entries()) {
    const time = start + step * 1000
    appendFileSync(
      path,
      json({
        step,
        time,
        loss,
        lr: 0.1,
        tokens: 7,
        accuracy: 1 - loss,
        epoch: Math.floor(step / 6),
      }),
    )
  }
  appendFileSync(path, json({ step: 11, time: start + 12_000, val_loss: 0.25, val_accuracy: 0.75 }))
  appendFileSync(path, json({ outcome: 'completed', time: start + 13_000 }))
  await expect
    .poll(() => received.spans.map(({ name }) => name), PATIENT)
    .toContain('training run end')
  await received.stop()

  const begin = received.span('training run start')
  expect(begin.attributes).toMatchObject({
    'training.run.name': 'tiny',
    'training.hyperparameter.learning_rate': 0.1,
    'training.hyperparameter.optimizer.name': 'sgd',
  })
  const run = { 'training.run.id': begin.attributes['training.run.id'] }
  expect(received.values('training.loss', run)).toEqual(losses)
  expect(received.of('training.loss', run).map(({ time }) => time)).toEqual(
    losses.map((_loss, step) => start + step * 1000),
  )
  const accuracy = { 'training.metric.name': 'accuracy' }
  expect(received.values('training.metric', accuracy)).toEqual(losses.map((loss) => 1 - loss))
  expect(received.last('training.steps')).toBe(12)
  expect(received.last('training.tokens')).toBe(12 * 7)
  expect(received.last('training.step.duration')).toBe(11)
  expect(received.last('training.evaluation', { 'training.metric.name': 'loss' })).toBe(0.25)
  expect(received.span('training evaluation val')).toMatchObject({
    links: [begin.spanId],
    attributes: { 'training.evaluation.result.accuracy': 0.75, 'training.step.index': 11 },
  })
  expect(received.span('training epoch', { 'training.epoch.index': 0 })).toMatchObject({
    start,
    attributes: { 'training.summary.steps': 6 },
  })
  expect(received.span('training run end').attributes).toMatchObject({
    'training.run.outcome': 'completed',
    'training.summary.steps': 12,
    'training.summary.tokens': 84,
  })
  const steps = received.events.filter(({ name }) => name === 'training.step')
  expect(steps.map(({ attributes }) => attributes['training.step.loss'])).toEqual(losses)
  expect(new Set(steps.map(({ spanId }) => spanId))).toEqual(new Set([begin.spanId]))
})

test("Transformers' trainer_state.json tells each entry once, however often it is saved", async () => {
  const folder = join(temporaryFolder(), 'out')
  const history = [
    { epoch: 0.5, grad_norm: 3.25, learning_rate: 5e-4, loss: 2.5, step: 10 },
    { epoch: 1, eval_loss: 2.125, eval_runtime: 0.5, eval_samples_per_second: 64, step: 10 },
    { epoch: 1, grad_norm: 2.5, learning_rate: 1e-4, loss: 1.75, step: 20 },
    { epoch: 1, step: 20, total_flos: 12, train_loss: 2.125, train_runtime: 9.5 },
  ]
  const save = (name: string, entries: number): void => {
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(
      join(folder, name, 'trainer_state.json'),
      JSON.stringify({ global_step: 20, max_steps: 20, log_history: history.slice(0, entries) }),
    )
  }
  save('checkpoint-10', 2)
  const received = await receive(folder)
  await expect.poll(() => received.values('training.loss'), PATIENT).toEqual([2.5])
  save('checkpoint-20', 3)
  save('.', 4)
  await expect
    .poll(() => received.spans.map(({ name }) => name), PATIENT)
    .toContain('training run end')
  await received.stop()
  expect(received.values('training.loss')).toEqual([2.5, 1.75])
  expect(received.values('training.learning_rate')).toEqual([5e-4, 1e-4])
  expect(received.values('training.gradient.norm')).toEqual([3.25, 2.5])
  expect(received.last('training.steps')).toBe(20)
  expect(received.values('training.step.last')).toEqual([10, 20])
  expect(received.last('training.metric', { 'training.metric.name': 'train_loss' })).toBe(2.125)
  expect(received.span('training evaluation eval').attributes).toMatchObject({
    'training.evaluation.result.loss': 2.125,
  })
  const checkpoints = received.spans.filter(({ name }) => name === 'training checkpoint')
  expect(checkpoints.map(({ attributes }) => attributes['training.checkpoint.path'])).toEqual([
    'checkpoint-10',
    'checkpoint-20',
  ])
  expect(received.span('training run start').attributes).toMatchObject({
    'training.run.name': 'out',
  })
})

test('a line that is none is told with its file and place, and costs no other line', async () => {
  const path = join(temporaryFolder(), 'broken.jsonl')
  const good = json({ step: 1, loss: 0.5 })
  writeFileSync(path, `${good}{"step":2,"loss"\n[3]\n${json({ step: 4, loss: Number.NaN })}`)
  appendFileSync(path, '{"step": 5, "loss": NaN}\n{"step": 6, "loss": 0.25}\n')
  const received = await receive(path)
  await expect.poll(() => received.values('training.loss'), PATIENT).toEqual([0.5, 0.25])
  await received.stop()
  expect(received.said.join('\n')).toContain(`${path}, the line at offset ${good.length} `)
  expect(received.said.join('\n')).toMatch(/at offset 39 is left out: it is no JSON object/)
  const anomaly = received.events.find(({ name }) => name === 'training.anomaly')
  expect(anomaly?.attributes).toMatchObject({ 'training.anomaly.type': 'nan' })
})

test('a file that is written anew is read anew, and half a line waits for its rest', async () => {
  const path = join(temporaryFolder(), 'again.jsonl')
  writeFileSync(path, `${json({ step: 0, loss: 1 })}{"step":1,"lo`)
  const received = await receive(path)
  await expect.poll(() => received.values('training.loss'), PATIENT).toEqual([1])
  appendFileSync(path, 'ss":0.5}\n')
  await expect.poll(() => received.values('training.loss'), PATIENT).toEqual([1, 0.5])
  writeFileSync(path, json({ step: 2, loss: 0.25 }))
  await expect.poll(() => received.values('training.loss'), PATIENT).toEqual([1, 0.5, 0.25])
  expect(received.said).toEqual([])
})

test('while the receiver is away nothing of a file is lost', async () => {
  const path = join(temporaryFolder(), 'away.jsonl')
  const received = await receive(path)
  received.status = 503
  const losses = Array.from({ length: 500 }, (_each, step) => 1 / (step + 1))
  writeFileSync(
    path,
    losses.map((loss, step) => json({ step, loss, time: Date.now() - 500 + step })).join(''),
  )
  await expect.poll(() => received.said.join('\n'), PATIENT).toContain('cannot send to')
  received.status = 200
  await expect.poll(() => received.values('training.loss'), PATIENT).toEqual(losses)
})

test('no line, whatever it holds, is anything but a line or an error that says why', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      expect(outcome(text)).not.toBe('other')
    }),
  )
})

test('lines come out as they went in, however their bytes are cut, and too long ones are told of', () => {
  const lines = fc.array(fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'ö', '{', ' ') }))
  fc.assert(
    fc.property(lines, fc.array(fc.nat(9)), (all, cuts) => {
      const bytes = Buffer.from(all.map((line) => `${line}\n`).join(''))
      const tooLong: number[] = []
      const reader = new Lines(16, (offset) => tooLong.push(offset))
      const found: string[] = []
      let at = 0
      for (const cut of [...cuts, bytes.length]) {
        for (const [line] of reader.push(bytes.subarray(at, at + cut))) found.push(line)
        at = Math.min(at + cut, bytes.length)
      }
      expect(found).toEqual(all.filter((line) => Buffer.byteLength(line) <= 16))
      expect(tooLong).toHaveLength(all.length - found.length)
    }),
  )
})
