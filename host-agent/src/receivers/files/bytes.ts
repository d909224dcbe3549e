/** Bytes that came in parts, of which a known number is wanted at a time. */
export class Bytes {
  /** Where in the file the next byte is from. */
  offset = 0
  size = 0
  #parts: Buffer[] = []

  add(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#parts.push(Buffer.from(bytes))
    this.size += bytes.length
  }

  /** The next bytes, which stay. Undefined where there are not so many yet. */
  peek(count: number): Buffer | undefined {
    if (this.size < count) return undefined
    const [first] = this.#parts
    if (this.#parts.length > 1 && first && first.length < count) {
      this.#parts = [Buffer.concat(this.#parts)]
    }
    return (this.#parts[0] ?? Buffer.alloc(0)).subarray(0, count)
  }

  /** Goes on behind so many bytes, as far as there are any; returns how many there were. */
  skip(count: number): number {
    let left = Math.min(count, this.size)
    const skipped = left
    this.offset += skipped
    this.size -= skipped
    while (left > 0) {
      const [first = Buffer.alloc(0)] = this.#parts
      if (first.length > left) this.#parts[0] = first.subarray(left)
      else this.#parts.shift()
      left -= Math.min(first.length, left)
    }
    return skipped
  }
}
