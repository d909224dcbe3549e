import { crc32 } from 'node:zlib'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { readEvent } from '../../../host-agent/src/receivers/tensorboard/event.ts'
import { maskedCrc32c } from '../../../host-agent/src/receivers/tensorboard/crc32c.ts'
import { TfRecords } from '../../../host-agent/src/receivers/tensorboard/tf-record.ts'
import { RunLog } from '../../../host-agent/src/receivers/wandb/log.ts'
import { readRecord } from '../../../host-agent/src/receivers/wandb/record.ts'
import { Received } from './training-sink.ts'

vi.setConfig({ testTimeout: 60_000 })

const LARGEST = 100_000

/** What came of reading a file: its records, what was left out, and why it was not read on. */
interface Outcome {
  readonly records: readonly Buffer[]
  readonly skipped: number
  readonly error: string | undefined
}

interface Format {
  readonly name: string
  readonly write: (records: readonly Buffer[]) => Buffer
  readonly reader: (tooLarge: () => void) => { push(bytes: Buffer): Iterable<Buffer> }
}

const FORMATS: readonly Format[] = [
  {
    name: 'TFRecord',
    write: (records) => Buffer.concat(records.map(tfRecord)),
    reader: (tooLarge) => new TfRecords(LARGEST, tooLarge),
  },
  { name: 'Weights & Biases', write: runLog, reader: (tooLarge) => new RunLog(LARGEST, tooLarge) },
]

function tfRecord(data: Buffer): Buffer {
  const header = Buffer.alloc(12)
  header.writeBigUInt64LE(BigInt(data.length))
  header.writeUInt32LE(maskedCrc32c(header.subarray(0, 8)), 8)
  const footer = Buffer.alloc(4)
  footer.writeUInt32LE(maskedCrc32c(data))
  return Buffer.concat([header, data, footer])
}

/** As LevelDB writes its logs: a part for each block that a record reaches into. */
function runLog(records: readonly Buffer[]): Buffer {
  const written: Buffer[] = [Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0])]
  let offset = 7
  const put = (bytes: Buffer): void => {
    written.push(bytes)
    offset += bytes.length
  }
  for (const record of records) {
    let left: Buffer | undefined = Buffer.from(record)
    let isFirst = true
    while (left) {
      const room = 32_768 - (offset % 32_768)
      if (room < 7) put(Buffer.alloc(room))
      else {
        const data: Buffer = left.subarray(0, room - 7)
        const isLast: boolean = data.length === left.length
        put(part((isLast ? 1 : 2) + (isFirst ? 0 : isLast ? 3 : 1), data))
        left = isLast ? undefined : left.subarray(data.length)
        isFirst = false
      }
    }
  }
  return Buffer.concat(written)
}

function part(type: number, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from([type]), data])
  const header = Buffer.alloc(6)
  header.writeUInt32LE(crc32(body))
  header.writeUInt16LE(data.length, 4)
  return Buffer.concat([header, body])
}

function read({ reader }: Format, file: Buffer, cuts: readonly number[] = []): Outcome {
  let skipped = 0
  const records: Buffer[] = []
  const source = reader(() => (skipped += 1))
  let at = 0
  try {
    for (const cut of [...cuts, file.length]) {
      for (const record of source.push(file.subarray(at, at + cut)))
        records.push(Buffer.from(record))
      at = Math.min(at + cut, file.length)
    }
    return { records, skipped, error: undefined }
  } catch (error) {
    return { records, skipped, error: error instanceof Error ? error.message : 'not an error' }
  }
}

const contents = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.nat(70_000).map((size) => new Uint8Array(size).fill(7)),
  ),
  { minLength: 1, maxLength: 5 },
)
const buffers = (all: readonly Uint8Array[]): Buffer[] => all.map((each) => Buffer.from(each))

test.each(FORMATS)('$name: records come out as they went in, however the file is cut', (format) => {
  fc.assert(
    fc.property(contents, fc.array(fc.nat(50_000)), (all, cuts) => {
      const outcome = read(format, format.write(buffers(all)), cuts)
      expect(outcome).toEqual({ records: buffers(all), skipped: 0, error: undefined })
    }),
    { numRuns: 40 },
  )
})

test.each(FORMATS)(
  '$name: a file that ends at any byte gives what is whole, and waits',
  (format) => {
    const all = ['', 'a', 'loss', 'accuracy'.repeat(3)].map((text) => Buffer.from(text))
    const file = format.write(all)
    for (let end = 0; end < file.length; end += 1) {
      const { records, error } = read(format, file.subarray(0, end))
      expect({ end, error }).toEqual({ end, error: undefined })
      expect(all.slice(0, records.length)).toEqual(records)
      // and its rest is read when it comes
      expect(read(format, file, [end]).records).toEqual(all)
    }
  },
)

test.each(FORMATS)(
  '$name: any byte that is changed is told with its place, and what came before it is kept',
  (format) => {
    const all = ['first', 'second', 'third'].map((text) => Buffer.from(text))
    // a length that is wrong is seen when as many bytes have come
    const file = format.write([...all, Buffer.alloc(70_000, 1)])
    for (let at = 0; at < format.write(all).length; at += 1) {
      const broken = Buffer.from(file)
      broken.writeUInt8((broken.readUInt8(at) ^ 0x55) & 0xff, at)
      const { records, error } = read(format, broken)
      expect({ at, error }).toEqual({ at, error: expect.stringMatching(/offset \d+/) })
      expect(all.slice(0, records.length)).toEqual(records)
    }
  },
)

test.each(FORMATS)(
  '$name: a record that is too large is left out, and the next one read',
  (format) => {
    const all = [Buffer.from('before'), Buffer.alloc(LARGEST + 1, 1), Buffer.from('after')]
    expect(read(format, format.write(all), [10, 40_000])).toEqual({
      records: [all[0], all[2]],
      skipped: 1,
      error: undefined,
    })
  },
)

test('no bytes, whatever they are, are anything but a record or an error that says why', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      for (const parse of [readEvent, readRecord]) {
        expect(outcomeOf(() => parse(Buffer.from(bytes)))).not.toBe('other')
      }
    }),
    { numRuns: 2000 },
  )
})

function outcomeOf(parse: () => unknown): 'read' | 'reason' | 'other' {
  try {
    parse()
    return 'read'
  } catch (error) {
    return error instanceof RangeError ? 'reason' : 'other'
  }
}

function scalar(step: number, value: number): Buffer {
  const number = Buffer.alloc(4)
  number.writeFloatLE(value)
  const summary = Buffer.concat([
    Buffer.from([0x0a, 4]),
    Buffer.from('loss'),
    Buffer.from([0x15]),
    number,
  ])
  const time = Buffer.alloc(8)
  time.writeDoubleLE(Date.now() / 1000)
  return Buffer.concat([
    Buffer.from([9]),
    time,
    Buffer.from([0x10, step, 0x2a, summary.length + 2, 0x0a, summary.length]),
    summary,
  ])
}

let received: Received | undefined
afterEach(() => received?.close())

test('the file that is broken is named with its place, once, and read anew when it is written anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'receivers-'))
  const path = join(folder, 'events.out.tfevents.1.host.1.0')
  const first = tfRecord(scalar(1, 0.5))
  const torn = tfRecord(scalar(2, 0.25))
  torn.writeUInt8(torn.readUInt8(14) ^ 1, 14)
  writeFileSync(path, Buffer.concat([first, torn, tfRecord(scalar(3, 0.125))]))
  received = await Received.open({ tensorboard: folder })
  const patient = { timeout: 20_000, interval: 50 }
  await expect
    .poll(() => received?.said, patient)
    .toEqual([
      `${path}: the record at offset ${first.length} is not what its checksum says; what came before is kept, the rest is not read`,
    ])
  await expect.poll(() => received?.values('training.loss'), patient).toEqual([0.5])
  writeFileSync(path, tfRecord(scalar(4, 2)))
  await expect.poll(() => received?.values('training.loss'), patient).toEqual([0.5, 2])
  rmSync(folder, { recursive: true })
})
