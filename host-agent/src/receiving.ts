import { createHash } from 'node:crypto'
import type { Delivery } from './delivery/index.ts'
import type { AgentOptions } from './options.ts'
import { receivers } from './receivers/index.ts'
import type { Receiving, RunTold } from './receivers/receiver.ts'
import type { Rounds } from './rounds.ts'
import { createTrainingDelivery, type TrainingDelivery } from './training/delivery.ts'
import { TrainingProcesses } from './training/processes.ts'
import { Runs } from './training/runs.ts'

/**
 * Opens the receivers that are asked for; one that cannot be opened says so, and costs no other. Resolves with
 * what ends them.
 */
export async function openReceivers(
  options: AgentOptions,
  { host, resource }: Pick<Rounds, 'host' | 'resource'>,
  sending: Delivery,
  log: (line: string) => void,
): Promise<() => Promise<void>> {
  const chosen = receivers.filter(({ name }) => options.receivers[name] !== undefined)
  if (chosen.length === 0) return async () => {}
  const delivery = createTrainingDelivery(sending, resource)
  const runs = new Runs(delivery, options.intervalMs)
  const processes = new TrainingProcesses(host, delivery, options.intervalMs)
  const receiving = receivingBy(delivery, runs, processes, {
    host,
    hostName: String(resource.attributes['host.name']),
    note: noteOnce(log),
  })
  const open = chosen.map(async ({ name, open: begin }) => {
    try {
      return await begin(options.receivers[name] ?? '', receiving)
    } catch (error) {
      log(
        `does not receive from ${name}: ${error instanceof Error ? error.message : String(error)}`,
      )
      return async () => {}
    }
  })
  const closing = await Promise.all(open)
  return async () => {
    await Promise.all(closing.map((close) => close()))
    processes.close()
    runs.close()
    delivery.close()
  }
}

function receivingBy(
  delivery: TrainingDelivery,
  runs: Runs,
  processes: TrainingProcesses,
  known: Pick<Receiving, 'host' | 'hostName' | 'note'>,
): Receiving {
  return {
    ...known,
    room: delivery.room,
    run: ({ key, isUnique = false, pid, ...told }: RunTold) => {
      const run = runs.open({ ...told, id: isUnique ? key : idOf(known.hostName, key) })
      if (pid !== undefined) processes.follow(pid, run)
      return run
    },
  }
}

/** The same for one run of a host whenever it is read. */
function idOf(hostName: string, key: string): string {
  return createHash('sha256').update(`${hostName}\0${key}`).digest('hex').slice(0, 16)
}

const MOST_NOTES = 1000

function noteOnce(log: (line: string) => void): (line: string) => void {
  const noted = new Set<string>()
  return (line) => {
    if (noted.has(line) || noted.size >= MOST_NOTES) return
    noted.add(line)
    log(line)
  }
}
