import { diag } from '@opentelemetry/api'
import type { Adapter } from './adapter.ts'
import { adapters } from './instrumentations/index.ts'

const instrumented = new Set<string>()
const unknown = new Set<string>()

/** Notes how much of a module could be instrumented; one with nothing is named in a warning, once. */
export function reportModule({ module, targets }: Adapter, count: number): void {
  if (count > 0) {
    instrumented.add(module)
    diag.info(`llmscope: ${module}: ${count} of ${targets.length} methods instrumented`)
  } else if (!unknown.has(module)) {
    unknown.add(module)
    warn(
      `${module} was loaded, but this version of it has none of the methods that llmscope knows: ` +
        'its calls are not traced. Please report the version.',
    )
  }
}

/** Says, once, that nothing was instrumented: called when the process is about to end. */
export function reportNothing(): void {
  if (instrumented.size > 0 || unknown.size > 0) return
  const names = adapters.map(({ module }) => module).join(', ')
  warn(
    `no LLM client was instrumented (looked for: ${names}). ` +
      'If the application is bundled, call instrument(client); if it loads a client before ' +
      '@llmscope/sdk/register, load that first.',
  )
}

function warn(message: string): void {
  process.emitWarning(message, 'LlmscopeWarning')
}
