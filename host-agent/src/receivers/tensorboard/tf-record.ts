import { Bytes } from '../files/bytes.ts'
import { maskedCrc32c } from './crc32c.ts'

const HEADER = 12
const FOOTER = 4

/**
 * Splits the bytes of a TFRecord file into records, however they are cut. A record without its end waits for
 * the rest; one that is larger than `largest` is told of and left out.
 */
export class TfRecords {
  readonly #bytes = new Bytes()
  readonly #largest: number
  readonly #tooLarge: (offset: number, size: number) => void
  #skips = 0

  constructor(largest: number, tooLarge: (offset: number, size: number) => void) {
    this.#largest = largest
    this.#tooLarge = tooLarge
  }

  /**
   * The records that are complete by now.
   * @throws Error that names the offset of a record that is not what its checksum says.
   */
  *push(bytes: Buffer): Iterable<Buffer> {
    this.#bytes.add(bytes)
    for (;;) {
      this.#skips -= this.#bytes.skip(this.#skips)
      const length = this.#skips > 0 ? undefined : this.#length()
      if (length === undefined) return
      if (length > this.#largest) {
        this.#tooLarge(this.#bytes.offset, length)
        this.#skips = HEADER + length + FOOTER
        continue
      }
      const record = this.#bytes.peek(HEADER + length + FOOTER)
      if (!record) return
      const data = record.subarray(HEADER, HEADER + length)
      if (record.readUInt32LE(HEADER + length) !== maskedCrc32c(data)) this.#fail('record')
      this.#bytes.skip(record.length)
      yield data
    }
  }

  #length(): number | undefined {
    const header = this.#bytes.peek(HEADER)
    if (!header) return undefined
    if (header.readUInt32LE(8) !== maskedCrc32c(header.subarray(0, 8))) this.#fail('length')
    return Number(header.readBigUInt64LE(0))
  }

  #fail(what: string): never {
    throw new Error(`the ${what} at offset ${this.#bytes.offset} is not what its checksum says`)
  }
}
