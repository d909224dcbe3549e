import type { Choice, Method } from '../../calls/adapter.ts'
import { bodies } from './bodies/index.ts'
import { converse, converseStream } from './converse.ts'
import { countTokens, invoke, invokeStream } from './invoke.ts'
import type { Command, InvokeRequest } from './wire.ts'

/** How a command says what it does: newer versions keep the operation's schema, a list or an object. */
interface Named {
  readonly schema?: readonly unknown[] | { readonly name?: unknown }
}

/** By operation: a command for a model of some vendor is read as the vendor has it. */
const METHODS: Readonly<Record<string, (command: Command<InvokeRequest>) => Method>> = {
  Converse: () => converse,
  ConverseStream: () => converseStream,
  CountTokens: () => countTokens,
  InvokeModel: invoke,
  InvokeModelWithResponseStream: invokeStream,
}

/** How to read a command; others than these ask no model. */
export const commands: Choice = {
  operations: [...new Set([converse, countTokens, ...bodies].map(({ operation }) => operation))],
  choose: (command) =>
    typeof command === 'object' && command !== null
      ? METHODS[operationOf(command)]?.(command as Command<InvokeRequest>)
      : undefined,
}

// a bundler may have renamed the class: the schema keeps the name
function operationOf(command: object): string {
  const { schema } = command as Named
  const name = Array.isArray(schema) ? schema[2] : (schema as { name?: unknown } | undefined)?.name
  return typeof name === 'string' ? name : command.constructor.name.replace(/Command$/, '')
}
