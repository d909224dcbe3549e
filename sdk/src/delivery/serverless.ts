import { flush } from './flush.ts'
import { fault, guard } from '../guard.ts'
import { settings } from '../options.ts'
import { RequestCalls } from '../calls/request-calls.ts'
import { entered } from '../within.ts'

/** What a platform gives to keep a function from being frozen until a promise has settled. */
export type WaitUntil = (promise: Promise<unknown>) => void

/** What a request handler can be told. */
export interface RequestHandlerOptions {
  /** `after` of `next/server`, say. By default what Vercel gives, or an argument of the handler has. */
  readonly waitUntil?: WaitUntil
}

type Handler = (...args: never[]) => unknown
type Loose = (this: unknown, ...args: unknown[]) => unknown

/** What must be left of an invocation for the platform itself, in milliseconds. */
const RESERVE = 200

/** Where Vercel and Next.js keep the context of the request that is handled. */
const PLATFORMS = ['@vercel/request-context', '@next/request-context'].map((name) =>
  Symbol.for(name),
)

/**
 * An AWS Lambda handler that sends its telemetry before the invocation ends and the process is frozen:
 * an asynchronous one, one with a callback, or one that streams its response. Results and errors are
 * the handler's own. What is left of the invocation, and the option `exitTimeout`, bound the delay.
 */
export function lambdaHandler<T extends Handler>(handler: T): T {
  return alike(handler, function (this: unknown, ...args) {
    const callback = args[2]
    if (typeof callback === 'function') {
      args[2] = async (...outcome: unknown[]) => {
        await send(args)
        Reflect.apply(callback, undefined, outcome)
      }
    }
    const result = Reflect.apply(handler as unknown as Loose, this, args)
    return guard('lambda', () => isThenable(result)) ? settle(result, args) : result
  })
}

/**
 * A handler of web requests, as Next.js, Vercel and others call it, whose telemetry is sent when its
 * response, streamed or not, is over. The response is the handler's own and waits for nothing: the
 * platform's `waitUntil` keeps the function running. Where there is none the process lives on, and sends
 * by itself.
 */
export function requestHandler<T extends Handler>(
  handler: T,
  options: RequestHandlerOptions = {},
): T {
  return alike(handler, function (this: unknown, ...args) {
    const calls = guard('request', () => new RequestCalls())
    const handle = (): unknown => Reflect.apply(handler as unknown as Loose, this, args)
    if (!calls) return handle()
    let result: unknown
    try {
      result = entered((run) => calls.run(run), handle)
      return result
    } finally {
      guard('waitUntil', () => {
        const waitUntil = options.waitUntil ?? platformOf(args)
        waitUntil?.(sendAfter(result, calls))
      })
    }
  })
}

async function sendAfter(response: unknown, calls: RequestCalls): Promise<void> {
  try {
    await Promise.allSettled([response])
    do {
      await calls.ended()
      await flush()
    } while (calls.areOpen)
  } catch (error) {
    fault('waitUntil', error)
  }
}

async function settle(result: unknown, args: readonly unknown[]): Promise<unknown> {
  try {
    return await result
  } finally {
    await send(args)
  }
}

/** Never rejects. */
async function send(args: readonly unknown[]): Promise<void> {
  try {
    await flush({ timeoutMillis: timeLeft(args) })
  } catch (error) {
    fault('flush', error)
  }
}

interface LambdaContext {
  getRemainingTimeInMillis(): number
}

function timeLeft(args: readonly unknown[]): number {
  const { exitTimeout } = settings()
  const context = args.find((arg) => has(arg, 'getRemainingTimeInMillis')) as
    | LambdaContext
    | undefined
  const left = guard('lambda context', () => context?.getRemainingTimeInMillis()) ?? Infinity
  return Math.max(0, Math.min(left - RESERVE, exitTimeout))
}

interface Context {
  waitUntil?: WaitUntil
}

function platformOf(args: readonly unknown[]): WaitUntil | undefined {
  const globals = globalThis as Record<symbol, { get?(): Context | undefined } | undefined>
  const contexts = [...PLATFORMS.map((name) => globals[name]?.get?.()), ...args]
  const context = contexts.find((candidate) => has(candidate, 'waitUntil')) as Context | undefined
  return context && ((promise) => context.waitUntil?.(promise))
}

function has(value: unknown, method: string): boolean {
  const isObject = typeof value === 'object' && value !== null
  return isObject && typeof (value as Record<string, unknown>)[method] === 'function'
}

const isThenable = (value: unknown): boolean => has(value, 'then')

/** Gives a function what platforms look at in the one that it stands for: name, length, marks. */
function alike<T extends Handler>(handler: T, wrapper: Loose): T {
  for (const key of ['name', 'length', ...Object.getOwnPropertySymbols(handler)]) {
    const descriptor = Object.getOwnPropertyDescriptor(handler, key)
    if (descriptor) Object.defineProperty(wrapper, key, descriptor)
  }
  return wrapper as unknown as T
}
