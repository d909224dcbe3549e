import type { Emitted } from '../catalogue/emitted.ts'
import { contentString, onEvents } from '../content.ts'
import { emitEvent, Severity } from '../event.ts'
import type { RunState } from './state.ts'
import type { TrainingSample } from './training-run.ts'

/** Tells of a text that the model generated, redacted, where content is captured in events. */
export function emitSample(sample: TrainingSample, run: RunState, position: Emitted): void {
  if (run.ended || !onEvents()) return
  const { prompt, output } = sample
  emitEvent({
    name: 'training.sample',
    severityNumber: Severity.INFO,
    attributes: {
      ...run.attributes,
      ...position,
      ...(prompt !== undefined && { 'training.sample.prompt': text(prompt, 'prompt') }),
      'training.sample.output': text(output, 'output'),
    } satisfies Emitted,
    context: run.context,
  })
}

function text(value: unknown, field: string): string {
  return contentString(String(value), { kind: 'message', attribute: `training.sample.${field}` })
}
