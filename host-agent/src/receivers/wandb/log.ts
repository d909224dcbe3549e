import { crc32 } from 'node:zlib'
import { Bytes } from '../files/bytes.ts'

const IDENT = Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0])
const BLOCK = 32_768
const HEADER = 7
const FULL = 1
const FIRST = 2
const MIDDLE = 3
const LAST = 4

/**
 * Splits the bytes of a Weights & Biases run file into records, however they are cut: blocks of 32 KiB, as LevelDB's
 * logs have them, in which a record may have several parts. A record without its end waits for the rest; one that
 * is larger than `largest` is told of and left out.
 */
export class RunLog {
  readonly #bytes = new Bytes()
  readonly #largest: number
  readonly #tooLarge: (offset: number) => void
  #parts: Buffer[] = []
  #size = 0
  #startedAt = 0

  constructor(largest: number, tooLarge: (offset: number) => void) {
    this.#largest = largest
    this.#tooLarge = tooLarge
  }

  /**
   * The records that are complete by now.
   * @throws Error that names the offset of a part that is not what its checksum says.
   */
  *push(bytes: Buffer): Iterable<Buffer> {
    this.#bytes.add(bytes)
    if (this.#bytes.offset === 0 && !this.#begin()) return
    for (;;) {
      const part = this.#part()
      if (!part) return
      const record = this.#put(part)
      if (record) yield record
    }
  }

  #begin(): boolean {
    const ident = this.#bytes.peek(HEADER)
    if (!ident) return false
    if (!ident.equals(IDENT)) throw new Error('offset 0: it is no run file of Weights & Biases')
    this.#bytes.skip(HEADER)
    return true
  }

  #part(): { readonly type: number; readonly data: Buffer } | undefined {
    const left = BLOCK - (this.#bytes.offset % BLOCK)
    // no part begins where not even its header has room
    if (left < HEADER) {
      if (!this.#bytes.peek(left)) return undefined
      this.#bytes.skip(left)
    }
    const header = this.#bytes.peek(HEADER)
    if (!header) return undefined
    const length = header.readUInt16LE(4)
    const type = header.readUInt8(6)
    const room = BLOCK - (this.#bytes.offset % BLOCK) - HEADER
    if (length > room || type < FULL || type > LAST) this.#fail('has no header')
    const part = this.#bytes.peek(HEADER + length)
    if (!part) return undefined
    if (part.readUInt32LE(0) !== crc32(part.subarray(6))) {
      this.#fail('is not what its checksum says')
    }
    return { type, data: Buffer.from(part.subarray(HEADER)) }
  }

  #put({ type, data }: { readonly type: number; readonly data: Buffer }): Buffer | undefined {
    const { offset } = this.#bytes
    const isFirst = type === FULL || type === FIRST
    if (isFirst === this.#size > 0) this.#fail('does not go on with the record before')
    if (isFirst) this.#startedAt = offset
    // the size counts headers, so that a part without data counts, too
    this.#size += HEADER + data.length
    const isTooLarge = this.#size > this.#largest
    this.#parts = isTooLarge ? [] : [...this.#parts, data]
    this.#bytes.skip(HEADER + data.length)
    if (type === FIRST || type === MIDDLE) return undefined
    const record = Buffer.concat(this.#parts)
    this.#parts = []
    this.#size = 0
    if (!isTooLarge) return record
    this.#tooLarge(this.#startedAt)
    return undefined
  }

  #fail(why: string): never {
    throw new Error(`the part at offset ${this.#bytes.offset} ${why}`)
  }
}
