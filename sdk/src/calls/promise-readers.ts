import { guard } from '../guard.ts'
import { replace } from './replace.ts'

/** A client's promise, as far as it reads a response. */
interface Reader {
  responsePromise: Promise<object>
  parse: () => Promise<unknown>
}

type Listener = (parsed: Promise<unknown>) => void

/** Responses that a promise has handed on, and who wants to hear what is read of them. */
const listeners = new WeakMap<object, Listener>()

const watched = new WeakSet<object>()

/** A helper reads `response` through another promise of the same class as `promise`: `listener` hears of it. */
export function hearReaders(
  promise: object,
  response: Promise<object>,
  listener: Listener,
): Promise<object> {
  watch(promise.constructor.prototype as Reader)
  return response.then((props) => {
    guard('result', () => listeners.set(props, listener))
    return props
  })
}

function watch(prototype: Reader): void {
  if (watched.has(prototype)) return
  watched.add(prototype)
  const { parse } = prototype
  const wrapper = function (this: Reader): Promise<unknown> {
    const parsed = Reflect.apply(parse, this, [])
    guard('result', () => tell(this.responsePromise, parsed))
    return parsed
  }
  replace(prototype, 'parse', parse, wrapper)
}

function tell(response: Promise<object>, parsed: Promise<unknown>): void {
  response.then(
    (props) => guard('result', () => listeners.get(props)?.(parsed)),
    // who reads it hears of it
    () => undefined,
  )
}
