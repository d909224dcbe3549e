import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgentOptions } from '@llmscope/host-agent'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { Received } from '../host-agent/receivers/training-sink.ts'
import { installTools, type Ran, runScript } from './python.ts'

const PATIENT = { timeout: 30_000, interval: 100 }
const STEPS = 12

let programs: string
beforeAll(async () => {
  programs = await installTools()
})

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'training-tools-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function receive(receivers: AgentOptions['receivers']): Promise<Received> {
  const received = await Received.open(receivers)
  cleanups.push(() => received.close())
  return received
}

const printed = ({ printed: all }: Ran, name: string): number[] => all.map((one) => one[name] ?? 0)

/** Every number that the loop printed, in the words of a run. */
function expectPrinted(received: Received, ran: Ran, stored = (value: number) => value): void {
  const of = (name: string): number[] => printed(ran, name).map(stored)
  expect(received.values('training.loss')).toEqual(of('loss'))
  expect(received.values('training.learning_rate')).toEqual(of('learning_rate'))
  expect(received.values('training.gradient.norm')).toEqual(of('grad_norm'))
  expect(received.values('training.step.last')).toEqual(printed(ran, 'step'))
  expect(received.last('training.steps')).toBe(ran.printed.length)
}

test('what TensorBoard is told arrives as the loop printed it, in single precision', async () => {
  const folder = temporaryFolder()
  const received = await receive({ tensorboard: folder })
  const ran = await runScript(programs, 'log_tensorboard.py', [
    join(folder, 'lines'),
    `${STEPS}`,
    '0.5',
  ])
  expect(ran).toMatchObject({ ended: true })
  await expect.poll(() => received.last('training.evaluation'), PATIENT).toBeDefined()
  await received.stop()
  expectPrinted(received, ran, Math.fround)
  expect(received.values('training.metric')).toEqual(printed(ran, 'accuracy').map(Math.fround))
  expect(received.span('training run start').attributes).toMatchObject({
    'training.run.name': 'lines',
    'training.hyperparameter.learning_rate': 0.5,
    'training.hyperparameter.optimizer': 'sgd',
    'training.hyperparameter.nesterov': false,
  })
  expect(received.said).toEqual([])
})

test('what an offline run of Weights & Biases is told arrives as the loop printed it', async () => {
  const folder = temporaryFolder()
  const received = await receive({ wandb: folder })
  const ran = await runScript(programs, 'log_wandb.py', [folder, `${STEPS}`, '0.1'])
  expect(ran).toMatchObject({ ended: true })
  await expect
    .poll(() => received.spans.map(({ name }) => name), PATIENT)
    .toContain('training run end')
  await received.stop()
  expectPrinted(received, ran)
  const accuracy = { 'training.metric.name': 'accuracy' }
  expect(received.values('training.metric', accuracy)).toEqual(printed(ran, 'accuracy'))
  const start = received.span('training run start')
  expect(start.attributes).toMatchObject({
    'training.run.name': 'lines',
    'training.hyperparameter.learning_rate': 0.1,
    'training.hyperparameter.optimizer.name': 'sgd',
  })
  expect(received.of('training.run.info').at(-1)?.attributes).toMatchObject({
    'training.hyperparameter.late': 'yes',
  })
  expect(received.span('training evaluation val')).toMatchObject({
    links: [start.spanId],
    attributes: { 'training.evaluation.result.loss': (ran.printed.at(-1)?.['loss'] ?? 0) * 2 },
  })
  expect(received.span('training run end').attributes).toMatchObject({
    'training.run.outcome': 'completed',
  })
  const runFolder = readdirSync(join(folder, 'wandb')).find((name) => name.startsWith('off'))
  expect(runFolder?.endsWith(String(start.attributes['training.run.id']))).toBe(true)
  expect(received.said).toEqual([])
})

test('a run that is killed and resumed goes on as one run', async () => {
  const folder = temporaryFolder()
  const received = await receive({ wandb: folder })
  const killed = await runScript(programs, 'log_wandb.py', [folder, `${STEPS}`, '0.1'], {
    RUN_ID: 'again',
    KILLED_AT: '5',
    WANDB_X_TRANSACTION_LOG_FLUSH_INTERVAL: '0.5',
  })
  expect(killed.ended).toBe(false)
  await expect.poll(() => received.values('training.loss'), PATIENT).toHaveLength(5)
  const resumed = await runScript(programs, 'log_wandb.py', [folder, '4', '0.1'], {
    RUN_ID: 'again',
    FIRST_STEP: '6',
  })
  await expect.poll(() => received.values('training.loss'), PATIENT).toHaveLength(9)
  await received.stop()
  expect(received.values('training.loss')).toEqual([
    // Weights & Biases holds the last step back until the next one comes
    ...printed(killed, 'loss').slice(0, -1),
    ...printed(resumed, 'loss'),
  ])
  expect(received.values('training.step.last')).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9])
  expect(new Set(received.spans.map((span) => span.attributes['training.run.id']))).toEqual(
    new Set(['again']),
  )
})
