import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** An application that is bundled as CommonJS has no `import.meta`. */
const { url } = import.meta as { readonly url?: string }

/** Where this code lies. */
export const here: string = url ?? pathToFileURL(__filename).href

/** Loads from where this code lies what must not become part of a bundle. */
export const requireHere: NodeJS.Require = createRequire(here)

// Next.js, Vercel and others read code to find the files of a deployment: in these forms they see a name.

const packages = {
  'require-in-the-middle': (): unknown => {
    const require = createRequire(import.meta.url)
    return require('require-in-the-middle')
  },
  '@opentelemetry/sdk-node': (): unknown => {
    const require = createRequire(import.meta.url)
    return require('@opentelemetry/sdk-node')
  },
}

/** Loads a package that is needed late, and then at once. */
export function requirePackage(name: keyof typeof packages): unknown {
  return url === undefined ? requireHere(name) : packages[name]()
}

/** The program of the thread that sends at an exit, unless this code has been bundled. */
export function senderFile(): URL | undefined {
  if (url === undefined) return undefined
  const file = new URL(url.endsWith('.ts') ? './sender.ts' : './sender.js', import.meta.url)
  return existsSync(file) ? file : undefined
}
