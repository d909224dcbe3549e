import { context, type Context } from '@opentelemetry/api'
import type { Answer, AttemptTarget } from '../calls/adapter.ts'
import type { Attempt } from './attempt.ts'
import { guard } from '../guard.ts'
import type { HeaderDialect } from './header-dialects.ts'
import { type PlainOutcome, watchPlainPromise } from '../calls/promise.ts'
import { requestIn, towardsProvider } from '../context/propagation.ts'
import { activeCall } from '../calls/active-call.ts'
import type { Callable } from '../calls/replace.ts'
import { within } from '../within.ts'
import { isObject, type Wrap } from '../calls/wrap.ts'

/** What to put in the place of the method that makes a client's HTTP requests. */
export function watchAttempts(target: AttemptTarget): Wrap {
  const { headers, transport, isCall } = target
  return (original) => {
    if (transport !== undefined && original.length > transport)
      return outward(watchTransport(original, transport, headers))
    const resend = transport === undefined ? undefined : 0
    const begin = (request: unknown): Attempt | undefined => {
      const running = activeCall()
      if (target.endpoint) running?.reach(target.endpoint(request))
      return running?.attempt(headers, resend)
    }
    const watched = outward(watchEach(original, begin, target.answer))
    return isCall ? either(watched, original, isCall) : watched
  }
}

function either(
  watched: Callable,
  original: Callable,
  isCall: (request: unknown) => boolean,
): Callable {
  return function (this: unknown, ...args: unknown[]) {
    const method = guard('attempt', () => isCall(args[0])) ? watched : original
    return Reflect.apply(method, this, args)
  }
}

function watchTransport(original: Callable, index: number, headers: HeaderDialect): Callable {
  return function (this: unknown, ...args: unknown[]) {
    guard('attempt', () => {
      const running = activeCall()
      const own = args[index] ?? globalThis.fetch
      if (!running || typeof own !== 'function') return
      let resend = 0
      args[index] = watchEach(own as Callable, () => running.attempt(headers, resend++))
    })
    return Reflect.apply(original, this, args)
  }
}

/** Gives a function options of its own, whose `fetch` is seen: those of the application stay as they are. */
export function watchOption(
  attempt: AttemptTarget | undefined,
  args: unknown[],
  self: unknown,
): void {
  if (attempt?.option === undefined) return
  const { headers, isCall = () => true, name, option, defaults = '' } = attempt
  const options = args[option]
  const usual = isObject(self) ? self[defaults] : undefined
  const own = fieldOf(options, name) ?? fieldOf(usual, name) ?? globalThis.fetch
  if (typeof own !== 'function') return
  let resend = 0
  const watched = watchEach(own as Callable, (url) =>
    isCall(url) ? activeCall()?.attempt(headers, resend++) : undefined,
  )
  args[option] = { ...(isObject(options) && options), [name]: outward(watched) }
}

const fieldOf = (options: unknown, name: string): unknown =>
  isObject(options) ? options[name] : undefined

/** Each call of what is wrapped is an attempt. */
function watchEach(
  original: Callable,
  begin: (request: unknown) => Attempt | undefined,
  read?: (given: unknown) => Answer,
): Callable {
  return function (this: unknown, ...args: unknown[]) {
    const attempt = guard('attempt', () => begin(args[0]))
    const answer = Reflect.apply(original, this, args)
    if (!attempt || !(answer instanceof Promise)) return answer
    return guard('attempt', () => watchPlainPromise(answer, outcomeOf(attempt, read))) ?? answer
  }
}

function outcomeOf(attempt: Attempt, read?: (given: unknown) => Answer): PlainOutcome {
  if (!read) return attempt
  return {
    settle: (given) => attempt.settle(guard('attempt', () => read(given))),
    fail: (error) => attempt.fail(error),
  }
}

/** Requests that no call stands for go to a provider as well: lists of models, files. */
function outward(request: Callable): Callable {
  return function (this: unknown, ...args: unknown[]) {
    const outside = guard('propagation', contextOutside)
    return outside
      ? within(outside, () => Reflect.apply(request, this, args))
      : Reflect.apply(request, this, args)
  }
}

/** The context to make a request in, where it is not that which is active. */
function contextOutside(): Context | undefined {
  const active = context.active()
  return requestIn(active) === undefined ? towardsProvider(active) : undefined
}
