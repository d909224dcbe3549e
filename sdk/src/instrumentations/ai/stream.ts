import type { Transformer } from 'node:stream/web'
import type { Recorder } from '../../calls/recorder.ts'
import { override } from '../../calls/replace.ts'
import { endWhenCollected, keepWhenCollected } from '../../calls/open-calls.ts'
import { guard } from '../../guard.ts'
import type { ContentPart } from './messages.ts'
import type { ModelResult } from './model.ts'

/** Part of a stream, as every provider of `ai` gives it. */
export interface Chunk {
  readonly type: string
  readonly id?: string
  readonly modelId?: string
  readonly delta?: string
  readonly finishReason?: ModelResult['finishReason']
  readonly usage?: ModelResult['usage']
  readonly error?: unknown
}

/** Chunks of texts, and the kind of part that they make. */
const DELTAS: ReadonlyMap<string, string> = new Map([
  ['text-delta', 'text'],
  ['reasoning-delta', 'reasoning'],
])

/** Folds a chunk into the result that the call would have had without streaming. */
export function foldChunk(folded: ModelResult = {}, chunk: Chunk, content: boolean): ModelResult {
  if (chunk.type === 'response-metadata') {
    return { ...folded, response: { ...folded.response, ...known(chunk) } }
  }
  if (chunk.type === 'finish') {
    const { finishReason, usage } = chunk
    return { ...folded, ...(finishReason && { finishReason }), ...(usage && { usage }) }
  }
  if (chunk.type === 'error') return { ...folded, error: chunk.error }
  return content ? { ...folded, content: grown(folded.content ?? [], chunk) } : folded
}

function known({ id, modelId }: Chunk): { id?: string; modelId?: string } {
  return { ...(id !== undefined && { id }), ...(modelId !== undefined && { modelId }) }
}

function grown(parts: readonly ContentPart[], chunk: Chunk): readonly ContentPart[] {
  if (chunk.type === 'tool-call') return [...parts, chunk]
  const type = DELTAS.get(chunk.type)
  if (type === undefined) return parts
  const last = parts.at(-1)
  const text = (last?.type === type ? last.text : '') + (chunk.delta ?? '')
  return [...(last?.type === type ? parts.slice(0, -1) : parts), { type, text }]
}

/** Hears what goes from a model's stream into the pipe in which `ai` makes its own of it. */
export function watchModelStream(stream: ReadableStream<unknown>, recorder: Recorder): void {
  recorder.wait()
  endWhenCollected(stream, recorder)
  const pipe = stream.pipeThrough.bind(stream)
  override(stream, 'pipeThrough', (...args) => {
    const [transform, options] = args as Parameters<typeof pipe>
    const heard = guard('stream', () => {
      keepWhenCollected(recorder)
      return pipe(new TransformStream(listenerOf(recorder)))
    })
    return heard ? heard.pipeThrough(transform, options) : pipe(transform, options)
  })
}

function listenerOf(recorder: Recorder): Transformer<unknown, unknown> {
  return {
    transform: (chunk, controller) => {
      guard('stream', () => {
        // what comes first is said before anything has come
        if ((chunk as Chunk).type !== 'stream-start') recorder.chunk(chunk)
      })
      controller.enqueue(chunk)
    },
    flush: () => guard('stream', () => recorder.end()),
    cancel: (reason: unknown) => {
      guard('stream', () => {
        if (reason instanceof Error) recorder.fail(reason)
        else recorder.end(undefined, 'cancelled')
      })
    },
  }
}
