import { withoutSecrets } from '../address.ts'
import type { Exporter } from './exporters.ts'
import { createPauses } from './pauses.ts'
import type { Log, Queue, Waiting } from './queue.ts'
import type { Signal } from './signal.ts'
import { attempt, type Verdict } from './verdict.ts'

/** Sends one kind of telemetry, oldest first, one request at a time; never throws. */
export interface Sender<Items> {
  readonly take: (items: Items) => void
  /** Resolves when there is room for much more. */
  readonly room: () => Promise<void>
  /** Resolves when everything that was taken is sent, or cannot be sent now. */
  readonly close: () => Promise<void>
  /** Requests that failed since the start. */
  readonly failures: () => number
  /** Why the last request failed, if it did. */
  readonly fault: () => string | undefined
}

interface Channel<Items> {
  readonly signal: Signal<Items>
  readonly queue: Queue
  readonly url: string
  readonly exporter: Promise<Exporter<Items>>
}

/** Says once when it fails, once when something is refused, and once when it works again. */
export function createSender<Items>(channel: Channel<Items>, log: Log): Sender<Items> {
  const { signal, queue } = channel
  const pauses = createPauses()
  const reporter = createReporter(channel.url, log)
  let sending: Promise<void> | undefined
  let taking: Promise<void> = Promise.resolve()

  const run = async (): Promise<void> => {
    for (let batch = queue.first(); batch; batch = queue.first()) {
      const verdict = await send(channel, batch, log)
      reporter.report(verdict)
      if (verdict?.is !== 'later') pauses.reset()
      else if (!(await pauses.next())) break
    }
    sending = undefined
  }
  const wake = (): void => {
    // later, since what has nothing to send ends at once
    sending ??= Promise.resolve().then(run)
  }
  wake()
  return {
    take: (items) => {
      taking = taking
        .then(async () => queue.push(await signal.pack(items)))
        .catch((error: unknown) => log(`${signal.name} are lost: ${String(error)}`))
        .then(wake)
    },
    room: async () => {
      await taking
      await queue.room()
    },
    close: async () => {
      pauses.end()
      await taking
      await sending
    },
    failures: reporter.failures,
    fault: reporter.fault,
  }
}

/** What became of the first batch; undefined where it cannot be read, which loses it. */
async function send<Items>(
  { signal, queue, exporter }: Channel<Items>,
  batch: Waiting,
  log: Log,
): Promise<Verdict | undefined> {
  const items = await queue
    .read(batch)
    .then(signal.unpack)
    .catch((error: unknown) =>
      log(`${signal.name} that waited in ${batch.name} are lost: ${String(error)}`),
    )
  if (!items) {
    await queue.lose(batch, 'unreadable')
    return undefined
  }
  const verdict = await attempt(await exporter, items)
  const halves = verdict.is === 'too large' ? signal.halve(items) : undefined
  if (halves) await queue.replace(batch, await Promise.all(halves.map(signal.pack)))
  else if (verdict.is === 'accepted') await queue.remove(batch)
  else if (verdict.is !== 'later') await queue.lose(batch, 'refused')
  return verdict
}

interface Reporter {
  readonly report: (verdict: Verdict | undefined) => void
  readonly failures: () => number
  readonly fault: () => string | undefined
}

function createReporter(url: string, log: Log): Reporter {
  const receiver = withoutSecrets(url)
  const consequence = {
    later: 'and goes on trying',
    'too large': 'and sends it in parts',
    refused: 'which is lost',
  }
  let last: Verdict['is'] = 'accepted'
  let fault: string | undefined
  let failures = 0
  return {
    report: (verdict) => {
      if (!verdict) return
      const { is } = verdict
      fault = undefined
      if (is !== 'accepted') {
        failures += 1
        fault = `cannot send to ${receiver}, ${consequence[is]}: ${text(verdict.error)}`
      }
      if (is !== last) log(fault ?? `sends to ${receiver} again`)
      last = is
    },
    failures: () => failures,
    fault: () => fault,
  }
}

const text = ({ message, name }: Error): string => message || name
