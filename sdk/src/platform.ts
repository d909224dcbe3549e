/**
 * What only Node.js has, as far as calls need it. `edge/platform.ts` stands for this file where there is no Node.js: it is
 * imported as `#platform`, by which package.json tells them apart.
 */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { packageOf } from './doctor/package.ts'
import { requireHere } from './here.ts'

export { isIPv4, isIPv6 } from 'node:net'
export { isAnythingLost } from './delivery/deliveries.ts'

/** Tells whoever runs the process; `name` is what warnings of this kind are known by. */
export function emitWarning(message: string, name: string): void {
  process.emitWarning(message, name)
}

export function readText(path: string): string {
  return readFileSync(path, 'utf8')
}

/** How many bytes a text has in UTF-8. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text)
}

export function fromBase64(text: string): Uint8Array {
  return Buffer.from(text, 'base64')
}

/** The SHA-256 of bytes, or of a text in UTF-8, in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data)
}

/** The version of the package that a file belongs to. */
export function versionAt(file: string): string | undefined {
  return packageOf(file)?.version
}

/** Whether a package has been loaded, as far as CommonJS knows. */
export function isLoaded(name: string): boolean {
  const folder = `/node_modules/${name}/`
  return Object.keys(requireHere.cache).some((file) => file.replaceAll('\\', '/').includes(folder))
}

/** Whether the application has a package. */
export function isInstalled(name: string): boolean {
  try {
    createRequire(join(process.cwd(), 'index.js')).resolve(name)
    return true
  } catch {
    return false
  }
}

/** Whether a pattern comes to an end with each of some texts, within so many milliseconds altogether. */
export function isQuick(pattern: RegExp, texts: readonly string[], patience: number): boolean {
  const trial = createContext({ pattern, texts })
  try {
    // nothing else in Node can stop a pattern that does not end
    runInContext('for (const text of texts) pattern.test(text)', trial, { timeout: patience })
    return true
  } catch {
    return false
  }
}
