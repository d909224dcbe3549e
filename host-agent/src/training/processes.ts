import type { Host } from '../collector.ts'
import { createProcesses } from '../processes.ts'
import { receiverMetrics } from './metrics.ts'
import type { Outlet } from './outlet.ts'
import type { ToolRun } from './tool-run.ts'
import { visibleGpus } from './visible-gpus.ts'

const PROCESS = 'training.run.process'

/** Tells which process trains a run, and which GPUs that may use, as long as the run is known. */
export class TrainingProcesses {
  readonly #host: Host
  readonly #outlet: Outlet
  readonly #describe: ReturnType<typeof createProcesses>
  readonly #timer: NodeJS.Timeout
  readonly #followed = new Map<ToolRun, { readonly pid: number; gpus: readonly string[] }>()

  constructor(host: Host, outlet: Outlet, intervalMs: number) {
    this.#host = host
    this.#outlet = outlet
    this.#describe = createProcesses(host)
    this.#timer = setInterval(() => void this.#tellAll(), intervalMs).unref()
  }

  /** Looks at the process while it is there. */
  follow(pid: number, run: ToolRun): void {
    if (this.#followed.get(run)?.pid === pid) return
    const followed = { pid, gpus: [] as readonly string[] }
    this.#followed.set(run, followed)
    void visibleGpus(this.#host, pid).then((gpus) => {
      followed.gpus = gpus
      return this.#tell(run)
    })
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #tellAll(): Promise<void> {
    for (const run of this.#followed.keys()) {
      if (run.ended) this.#followed.delete(run)
      else await this.#tell(run)
    }
  }

  async #tell(run: ToolRun): Promise<void> {
    const followed = this.#followed.get(run)
    if (!followed) return
    const { pid, gpus } = followed
    const { 'process.executable.name': name } = await this.#describe(pid)
    const attributes = {
      'training.run.id': run.facts.id,
      'training.run.name': run.facts.name,
      'process.pid': pid,
      ...(name !== undefined && { 'process.executable.name': name }),
    }
    const metric = { name: PROCESS, ...receiverMetrics[PROCESS] }
    const each = gpus.length === 0 ? [{}] : gpus.map((gpu) => ({ 'hw.id': gpu }))
    for (const gpu of each) {
      this.#outlet.point({
        metric,
        value: 1,
        attributes: { ...attributes, ...gpu },
        time: Date.now(),
      })
    }
  }
}
