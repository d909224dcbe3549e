import type { Host, PointAttributes } from '../../collector.ts'
import { type GpuSample, type State, status } from '../../gpu/samples.ts'
import { stateAfterXid } from '../../gpu/xid.ts'
import { GpuLost } from './codes.ts'
import type { Device } from './device.ts'
import type { Group, Read, Tier } from './group.ts'

/** How often a group is read; a driver answers slowly, and while it does, programs on the GPU wait. */
const PERIOD_MS: Readonly<Record<Tier, number>> = { always: 0, often: 15_000, seldom: 60_000 }
// A round that comes a little early is the round that was meant.
const EARLY = 0.9

/** What the groups learn that says how the GPU is. */
export interface Health {
  /** Hardware holds the clocks down. */
  slowedDown: boolean
  /** Fewer PCIe lanes are in use than there are. */
  narrowLink: boolean
  busy: boolean
  /** A memory page waits to be retired. */
  pageDue: boolean
  /** A memory row waits to be replaced, or could not be. */
  rowDue: boolean
  /** What the driver wants: 0 nothing, 1 a reset, 2 and more a reboot or a drain. */
  recoveryAction: number
  readonly xids: Set<number>
}

interface Reader {
  readonly group: Group
  readonly read: Read
  last: readonly GpuSample[]
  at: number
}

/** One GPU: its groups, each read when it is due and told every time. */
export class Gpu {
  readonly device: Device
  readonly identity: PointAttributes
  readonly index: number
  readonly health: Health = {
    slowedDown: false,
    narrowLink: false,
    busy: false,
    pageDue: false,
    rowDue: false,
    recoveryAction: 0,
    xids: new Set(),
  }
  readonly #readers: Reader[]

  constructor(
    device: Device,
    identity: PointAttributes,
    index: number,
    groups: readonly Group[],
    host: Host,
  ) {
    this.device = device
    this.identity = identity
    this.index = index
    this.#readers = groups.map((group) => ({
      group,
      read: group.open(this, host),
      last: [],
      at: -Infinity,
    }))
  }

  /** All that is known now. A GPU that is lost has a status and nothing else. */
  async *sample(doing: (what: string) => void): AsyncGenerator<GpuSample> {
    try {
      for (const reader of this.#readers) await this.#refresh(reader, doing)
    } catch (error) {
      if (!(error instanceof GpuLost)) throw error
      yield* status(this.identity, 'failed')
      return
    }
    for (const { last } of this.#readers) yield* last
    yield* status(this.identity, this.#judge())
  }

  async #refresh(reader: Reader, doing: (what: string) => void): Promise<void> {
    const now = performance.now()
    if (now - reader.at < PERIOD_MS[reader.group.tier] * EARLY) return
    doing(`${reader.group.name} of GPU ${this.index}`)
    reader.last = []
    reader.at = now
    reader.last = [...(await reader.read())]
  }

  #judge(): State {
    const { slowedDown, narrowLink, busy, pageDue, rowDue, recoveryAction, xids } = this.health
    const { corruptedInforom, resetRequired } = this.device
    const after = new Set([...xids].map(stateAfterXid))
    if (after.has('failed') || recoveryAction >= 2) return 'failed'
    const failing = after.has('predicted_failure') || pageDue || rowDue || corruptedInforom
    if (failing) return 'predicted_failure'
    // An idle GPU gives up lanes to save power.
    const slow = slowedDown || (narrowLink && busy)
    return slow || resetRequired || recoveryAction === 1 ? 'degraded' : 'ok'
  }
}
