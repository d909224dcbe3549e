import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** An application that is bundled as CommonJS has no `import.meta`. */
const { url } = import.meta as { readonly url?: string }

/** Where this code lies. */
export const here: string = url ?? pathToFileURL(__filename).href

/** Loads from where this code lies what must not become part of a bundle. */
export const requireHere: NodeJS.Require = createRequire(here)

/**
 * Loads a package that is needed late, and then at once. Next.js, Vercel and others read code to find the
 * files of a deployment: in this form they see the names.
 */
export function requirePackage(name: 'require-in-the-middle' | '@opentelemetry/sdk-node'): unknown {
  if (url === undefined) return requireHere(name)
  const require = createRequire(import.meta.url)
  return name === 'require-in-the-middle'
    ? require('require-in-the-middle')
    : require('@opentelemetry/sdk-node')
}

/** The program of the thread that sends at an exit, unless this code has been bundled. Seen so as well. */
export function senderFile(): URL | undefined {
  if (url === undefined) return undefined
  const file = new URL(url.endsWith('.ts') ? './sender.ts' : './sender.js', import.meta.url)
  return existsSync(file) ? file : undefined
}
