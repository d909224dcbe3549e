import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** Where this code lies. An application that is bundled as CommonJS has no `import.meta`. */
export const here: string =
  (import.meta as { readonly url?: string }).url ?? pathToFileURL(__filename).href

/** Loads from where this code lies what must not become part of a bundle. */
export const requireHere: NodeJS.Require = createRequire(here)
