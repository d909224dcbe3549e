import type * as node from '../platform.ts'

export { sha256 } from './sha256.ts'

type Node = typeof node

const encoder = new TextEncoder()

const BYTE = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`
const IPV4 = new RegExp(String.raw`^${BYTE}(?:\.${BYTE}){3}$`)

export const isIPv4: Node['isIPv4'] = (text) => IPV4.test(text)

/** As the parser of URLs has it. */
export const isIPv6: Node['isIPv6'] = (text) => URL.canParse(`http://[${text}]`)

/** The OpenTelemetry SDK is the application's, and so are its exporters. */
export const isAnythingLost: Node['isAnythingLost'] = () => false

export const emitWarning: Node['emitWarning'] = (message) => globalThis.console.warn(message)

export const readText: Node['readText'] = () => {
  throw new Error('this runtime has no files')
}

export const byteLength: Node['byteLength'] = (text) => encoder.encode(text).byteLength

export const fromBase64: Node['fromBase64'] = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  )

// what is bundled has no manifest, and nobody can tell what is in a bundle
export const versionAt: Node['versionAt'] = () => undefined
export const isLoaded: Node['isLoaded'] = () => false
export const isInstalled: Node['isInstalled'] = () => false

/** Nothing here can stop a pattern that does not end: the application tries its patterns in Node.js. */
export const isQuick: Node['isQuick'] = () => true
