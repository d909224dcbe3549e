import { readArguments } from '../arguments.ts'
import type { Evaluation, Progress } from './session.ts'
import { train } from './train.ts'

const { values } = readArguments('Usage: main.ts [--steps 1000] [--checkpoint FILE]', {
  options: { steps: { type: 'string', default: '1000' }, checkpoint: { type: 'string' } },
})
const steps = Number(values.steps)
if (!Number.isInteger(steps) || steps < 1) {
  process.stderr.write(`--steps must be a whole number above 0, not ${values.steps}\n`)
  process.exit(2)
}

let done: Progress[] = []
let since = performance.now()

const { backend, checkpoint, runId, sample } = await train({
  steps,
  checkpoint: values.checkpoint,
  onStep: (progress) => done.push(progress),
  onEvaluation: report,
})
print(`\nrun ${runId} on ${backend}, checkpoint ${checkpoint}\n\n…${sample}…\n`)

/** Prints a line about the steps since the last one. */
function report({ loss, accuracy }: Evaluation): void {
  const seconds = (performance.now() - since) / 1000
  const tokens = done.reduce((sum, progress) => sum + progress.tokens, 0)
  const last = done.at(-1)
  print(
    `step ${last?.step}  loss ${last?.loss.toFixed(3)}  held-out loss ${loss.toFixed(3)}` +
      `  accuracy ${(accuracy * 100).toFixed(0)} %  ${(done.length / seconds).toFixed(0)} steps/s` +
      `  ${(tokens / seconds).toFixed(0)} tokens/s\n`,
  )
  done = []
  since = performance.now()
}

function print(text: string): void {
  process.stdout.write(text)
}
