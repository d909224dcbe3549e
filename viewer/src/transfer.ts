import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { Signal } from './otlp/messages.ts'
import { Writer } from './ingest/writer.ts'
import { openToRead, openToWrite } from './store/database.ts'
import { otlpRequests } from './store/otlp-export.ts'

const SIGNALS: Readonly<Record<string, Signal>> = {
  resourceSpans: 'traces',
  resourceMetrics: 'metrics',
  resourceLogs: 'logs',
}

/** Writes everything that is kept as lines of OTLP's JSON; to stdout where no file is named. */
export async function exportTo(location: string, file: string | undefined): Promise<number> {
  const database = openToRead(location)
  const output = file === undefined ? process.stdout : (await open(file, 'w')).createWriteStream()
  let lines = 0
  try {
    for (const request of otlpRequests(database)) {
      lines += 1
      if (!output.write(`${JSON.stringify(request)}\n`)) {
        await once(output, 'drain')
      }
    }
  } finally {
    database.close()
    if (file !== undefined) await new Promise<void>((resolve) => output.end(() => resolve()))
  }
  return lines
}

/** Keeps lines of OTLP's JSON, from stdin where no file is named. Lines that are none are told and left out. */
export async function importFrom(
  location: string,
  file: string | undefined,
  complain: (line: string) => void,
): Promise<number> {
  const { database, notice } = openToWrite(location)
  if (notice !== undefined) complain(notice)
  const writer = new Writer(database)
  const input: Readable = file === undefined ? process.stdin : createReadStream(file)
  let lines = 0
  let taken = 0
  try {
    for await (const line of createInterface({ input })) {
      lines += 1
      if (line.trim() === '') continue
      const fault = importLine(writer, line)
      if (fault === undefined) taken += 1
      else complain(`line ${lines}: ${fault}`)
    }
  } finally {
    database.close()
  }
  return taken
}

/** Returns what is wrong with a line. */
function importLine(writer: Writer, line: string): string | undefined {
  const signal = /^\s*\{\s*"(resource\w+)"/.exec(line)?.[1]
  const known = SIGNALS[signal ?? '']
  if (known === undefined)
    return 'it begins with none of resourceSpans, resourceMetrics, resourceLogs'
  const outcome = writer.write({ id: 0, signal: known, encoding: 'json', body: Buffer.from(line) })
  if (outcome.kind !== 'kept') return outcome.reason
  const { rejection } = outcome
  return rejection && `${rejection.count} records were left out. ${rejection.reason}`
}
