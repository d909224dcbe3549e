import type { Adapter } from './adapter.ts'
import { adapters } from './instrumentations/index.ts'
import { log, warn } from './log.ts'

const loaded = new Set<string>()
const instrumented = new Set<string>()
const others = new Map<string, string>()

/** Notes how much of a module could be instrumented; one with nothing is named in a warning, once. */
export function reportModule({ module, targets }: Adapter, count: number): void {
  loaded.add(module)
  if (count > 0) {
    instrumented.add(module)
    log('info', `${module}: ${count} of ${targets.length} methods instrumented`)
  } else if (!instrumented.has(module)) {
    warn(
      `${module} was loaded, but this version of it has none of the methods that llmscope knows: ` +
        'its calls are not traced. Please report the version.',
    )
  }
}

/** Says, once, that no LLM client has been seen. */
export function reportNothing(): void {
  if (loaded.size > 0) return
  const names = adapters.map(({ module }) => module).join(', ')
  warn(
    `no LLM client has been instrumented (looked for: ${names}). ` +
      'If the application is bundled, call instrument(client); if it loads a client before ' +
      '@llmscope/sdk/register, load that first.',
  )
}

/** Says, once, that somebody else's spans tell of a client's calls. */
export function reportOther(module: string, name: string): void {
  others.set(module, name)
  warn(
    `the calls of ${module} already have spans of ${name}: llmscope adds its metrics and no second ` +
      'span. To have its spans instead, take that instrumentation out (in an auto-instrumentation: ' +
      `OTEL_NODE_DISABLED_INSTRUMENTATIONS=${module}).`,
  )
}
