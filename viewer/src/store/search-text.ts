import type { SpanDetail } from '../otlp/spans.ts'
import { isList, type Stored, type StoredAttributes } from '../otlp/values.ts'

/** What of one span or record can be found, in UTF-16 code units. */
const MAX_LENGTH = 65_536

/** The words by which a span is found: its name, and every text in it. */
export function searchText(
  name: string,
  { attributes, statusMessage, events }: SpanDetail,
): string {
  const words = new Words()
  words.add(name)
  if (statusMessage) words.add(statusMessage)
  words.addAll(attributes)
  for (const event of events ?? []) {
    words.add(event.name)
    words.addAll(event.attributes)
  }
  return words.text
}

/** The words by which a log record is found. */
export function logText(event: string, body: Stored, attributes: StoredAttributes): string {
  const words = new Words()
  words.add(event)
  words.addValue(body)
  words.addAll(attributes)
  return words.text
}

class Words {
  text = ''

  add(word: string): void {
    const room = MAX_LENGTH - this.text.length
    if (room > 0) this.text += `${word.length > room ? word.slice(0, room) : word}\n`
  }

  addAll(attributes: StoredAttributes): void {
    for (const value of Object.values(attributes)) this.addValue(value)
  }

  addValue(value: Stored): void {
    if (typeof value === 'string') this.add(value)
    if (typeof value !== 'object' || value === null) return
    if (isList(value)) for (const item of value) this.addValue(item)
    else if ('map' in value) this.addAll(value.map)
  }
}
