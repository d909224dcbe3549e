/** Splits bytes into lines of text, however they are cut. A line that is too long is told of and left out. */
export class Lines {
  readonly #longest: number
  readonly #tooLong: (offset: number) => void
  #rest: Buffer = Buffer.alloc(0)
  #offset = 0
  #skips = false

  /** `tooLong` hears the offset of a line with more than `longest` bytes. */
  constructor(longest: number, tooLong: (offset: number) => void) {
    this.#longest = longest
    this.#tooLong = tooLong
  }

  /** The lines that are complete by now, with their offsets. */
  *push(bytes: Buffer): Iterable<readonly [string, number]> {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10)) {
      const line = data.subarray(0, end)
      const offset = this.#offset
      this.#offset += end + 1
      data = data.subarray(end + 1)
      if (this.#skips) this.#skips = false
      else if (line.length > this.#longest) this.#tooLong(offset)
      else yield [line.toString(), offset]
    }
    this.#keep(data)
  }

  /** The last line, where nothing ends it. */
  end(): readonly [string, number] {
    const line = [this.#rest.toString(), this.#offset] as const
    this.#rest = Buffer.alloc(0)
    return line
  }

  #keep(data: Buffer): void {
    if (data.length <= this.#longest) {
      this.#rest = Buffer.from(data)
      return
    }
    if (!this.#skips) this.#tooLong(this.#offset)
    this.#skips = true
    this.#offset += data.length
    this.#rest = Buffer.alloc(0)
  }
}
