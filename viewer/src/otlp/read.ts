import type { Origin } from './origin.ts'
import { readResource, readScope } from './origin.ts'
import { messages } from './fields.ts'
import type { Message } from './messages.ts'

/** What of a request can be kept, and how many of its records cannot. */
export interface Read<Record> {
  readonly records: readonly Record[]
  readonly rejected: number
  readonly reason: string
}

/** Reads what lies within resources and scopes; where `read` returns undefined the record is rejected. */
export function readWithin<Record>(
  request: Message,
  fields: { readonly resources: string; readonly scopes: string; readonly records: string },
  read: (record: Message, resource: Origin, scope: string) => Record | undefined,
): { readonly records: readonly Record[]; readonly rejected: number } {
  const all = messages(request[fields.resources]).flatMap((ofResource) => {
    const resource = readResource(ofResource)
    return messages(ofResource[fields.scopes]).flatMap((ofScope) => {
      const scope = readScope(ofScope)
      return messages(ofScope[fields.records]).map((record) => read(record, resource, scope))
    })
  })
  const records = all.filter((record) => record !== undefined)
  return { records, rejected: all.length - records.length }
}
