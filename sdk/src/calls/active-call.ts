import { context } from '@opentelemetry/api'
import { requestIn } from '../context/propagation.ts'
import { Recorder } from './recorder.ts'

/** The call that is running here, if any. */
export function activeCall(): Recorder | undefined {
  const request = requestIn(context.active())
  return request instanceof Recorder ? request : undefined
}
