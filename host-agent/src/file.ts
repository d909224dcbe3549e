import { readFileSync } from 'node:fs'
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { type Given, settings } from './settings.ts'

/**
 * What a YAML or JSON file sets, each with the line that does.
 * @throws TypeError that names the file, the line and the key that is wrong, and what to write instead.
 */
export function readFileSettings(file: string): Map<string, Given> {
  const lines = new LineCounter()
  const document = parseDocument(textOf(file), { lineCounter: lines, prettyErrors: false })
  const at = (offset: number | undefined): string =>
    `${file}, line ${lines.linePos(offset ?? 0).line}`
  const [error] = document.errors
  if (error) throw new TypeError(`${at(error.pos[0])}: ${error.message}`)

  const given = new Map<string, Given>()
  const { contents } = document
  if (contents === null) return given
  if (!isMap<Node, Node | null>(contents))
    throw new TypeError(`${file}: write one setting a line, such as "interval: 5000"`)
  for (const { key, value } of contents.items) {
    const name = isScalar(key) ? String(key.value) : ''
    const place = at(key.range?.[0])
    if (!settings.has(name))
      throw new TypeError(
        `${place}: there is no setting "${name}": write one of ${[...settings.keys()].join(', ')}`,
      )
    given.set(name, { name: `${place}: ${name}`, value: plain(value, `${place}: ${name}`) })
  }
  return given
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new TypeError(`cannot read the settings in ${file}: ${String(error)}`, { cause: error })
  }
}

/** A value, or a list of them, as an option of the command line would have it. */
function plain(value: Node | null, place: string): string {
  if (isScalar(value)) {
    const { value: plainly } = value
    if (typeof plainly === 'string') return plainly
    if (typeof plainly === 'number' || typeof plainly === 'boolean') return String(plainly)
  }
  if (isSeq<Node>(value)) return value.items.map((item) => plain(item, place)).join(',')
  throw new TypeError(`${place}: write a text, a number or a list of them`)
}
