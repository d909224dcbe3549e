import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

const repository = resolve(import.meta.dirname, '../..')

export const COLLECTOR_CONFIG: string = join(repository, 'collector-config')
export const DASHBOARDS: string = join(repository, 'dashboards')
export const STACK: string = join(repository, 'stack')

/** Where built programs are kept: outside the clone, so that a fresh one need not build again. */
export function cacheDirectory(env: NodeJS.ProcessEnv): string {
  return (
    env['LLMSCOPE_CACHE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'llmscope')
  )
}
