import { setImmediate as turn } from 'node:timers/promises'
import type { Calls, Client } from './client.ts'
import type { Answer } from './transport.ts'

/** The work of one round. Resolves to what is measured where that is not CPU, in µs a piece. */
export type Round = (count: number) => Promise<number | void>

/** What work is done with. */
export interface Bench extends Calls {
  readonly provider: Pick<Client, 'answer' | 'events'>
  /** Says what the provider answers from now on. */
  readonly answer: (answer: Answer) => void
  /** Sends what is queued. */
  readonly flush: () => Promise<unknown>
}

/** A kind of work, of which a round does many pieces. */
export type Work = (bench: Bench) => Round

const calls: Work = ({ call, provider, answer }) => {
  answer({ body: JSON.stringify(provider.answer), type: 'application/json' })
  return async (count) => {
    for (let index = 0; index < count; index += 1) await call()
  }
}

/** One stream of `count` words. */
const chunks: Work = ({ stream, provider, answer }) => {
  const read = async (count: number): Promise<void> => {
    answer({ body: provider.events(count), type: 'text/event-stream' })
    for await (const chunk of await stream()) void chunk
  }
  return read
}

/** The time from a call to the first chunk of its stream. */
const firstChunks: Work = ({ stream, provider, answer }) => {
  answer({ body: provider.events(3), type: 'text/event-stream' })
  return async (count) => {
    let waited = 0
    for (let index = 0; index < count; index += 1) {
      const called = performance.now()
      let first = true
      for await (const _ of await stream()) {
        if (first) waited += performance.now() - called
        first = false
      }
    }
    return (waited * 1000) / count
  }
}

const ERROR = { error: { code: 400, status: 'INVALID_ARGUMENT', message: 'No.', type: 'invalid' } }

/** Calls of every kind and end. What is measured is the heap afterwards, in bytes. */
const memory: Work = ({ call, stream, provider, answer, flush }) => {
  const json = JSON.stringify(provider.answer)
  const plain = (): Promise<unknown> => {
    answer({ body: json, type: 'application/json' })
    return call()
  }
  const open = (): Promise<AsyncIterable<unknown>> => {
    answer({ body: provider.events(5), type: 'text/event-stream' })
    return stream()
  }
  const streamed = async (): Promise<void> => {
    for await (const chunk of await open()) void chunk
  }
  const leftEarly = async (): Promise<void> => {
    for await (const _ of await open()) break
  }
  const failed = async (): Promise<void> => {
    answer({ body: JSON.stringify(ERROR), type: 'application/json', status: 400 })
    await call().catch(() => {})
  }
  // one that is opened and never read ends when it is collected
  const kinds = [plain, streamed, plain, leftEarly, plain, open, plain, failed, plain, streamed]
  return async (count) => {
    for (let index = 0; index < count; index += 1) {
      await kinds[index % kinds.length]?.()
      // what waits for the receiver is not what is kept
      if (index % 1000 === 999) await flush()
    }
    return heapInUse()
  }
}

async function heapInUse(): Promise<number> {
  if (!globalThis.gc) throw new Error('The heap is measured with --expose-gc only')
  // what the first collection finalizes is free after the second
  for (let collection = 0; collection < 3; collection += 1) {
    globalThis.gc()
    await turn()
  }
  return process.memoryUsage().heapUsed
}

export const works: Readonly<Record<string, Work>> = {
  calls,
  chunks,
  'first-chunks': firstChunks,
  memory,
}
