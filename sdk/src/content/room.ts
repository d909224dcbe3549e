import { byteLength } from '#platform'

/** Whether a text has at most so many bytes. */
export function fits(text: string, limit: number): boolean {
  // a UTF-16 unit makes three bytes at most: a text is seldom long enough to be counted
  return text.length * 3 <= limit || byteLength(text) <= limit
}

/** How many bytes each of these texts may have, so that all of them fit. */
export function roomFor(texts: readonly string[], limit: number): number {
  const units = texts.reduce((sum, text) => sum + text.length, 0)
  if (units * 3 <= limit) return limit
  return shareOf(
    texts.map((text) => byteLength(text)),
    limit,
  )
}

/** How much each of these may have, so that all of them fit into `room`: small ones leave theirs to the others. */
export function shareOf(sizes: readonly number[], room: number): number {
  if (sizes.reduce((sum, size) => sum + size, 0) <= room) return room
  let rest = room
  let left = sizes.length
  for (const size of sizes.toSorted((a, b) => a - b)) {
    if (size > rest / left) return Math.floor(rest / left)
    rest -= size
    left -= 1
  }
  return room
}
