'use strict'
const events = require('node:events')
const { inspect } = require('node:util')

/** An error as an application can tell it from another. */
function describeError(error, { APIError, BadRequestError }) {
  return {
    class: error.constructor.name,
    name: error.name,
    message: error.message,
    status: error.status,
    code: error.code,
    type: error.type,
    param: error.param,
    body: error.error,
    requestID: error.requestID ?? error.request_id,
    keys: Object.keys(error),
    isAPIError: error instanceof APIError,
    isBadRequest: error instanceof BadRequestError,
    cause: error.cause && { class: error.cause.constructor.name, message: error.cause.message },
  }
}

/** The value of a call, or how it failed. */
async function attempt(call, context) {
  try {
    return { value: await call() }
  } catch (error) {
    return { error: describeError(error, context) }
  }
}

/** All chunks of a stream, and the error that ended it. */
async function collect(stream, context) {
  const chunks = []
  const { error } = await attempt(async () => {
    for await (const chunk of stream) chunks.push(chunk)
  }, context)
  return { chunks, error }
}

/** How an object prints, but for the kind of its functions, which nothing else can show. */
function print(object) {
  return inspect(object, { depth: 0 }).replaceAll(/\[(Async)?(Generator)?Function/g, '[Function')
}

/** What tells the client's promise from any other: class, keys, methods, how it prints. */
function describePromise(promise, { APIPromise }) {
  const methods = ['then', 'catch', 'finally', 'asResponse', 'withResponse', 'parse', '_thenUnwrap']
  return {
    class: promise.constructor.name,
    isAPIPromise: promise instanceof APIPromise,
    isPromise: promise instanceof Promise,
    hasOwnPrototype: Object.getPrototypeOf(promise) === APIPromise.prototype,
    tag: Object.prototype.toString.call(promise),
    keys: Object.keys(promise),
    methods: methods.map((name) => `${name}: ${typeof promise[name]}/${promise[name].length}`),
    inspected: print(promise),
  }
}

/** What tells the client's stream from any other. */
function describeStream(stream, { Stream }) {
  return {
    class: stream.constructor.name,
    isStream: stream instanceof Stream,
    hasOwnPrototype: Object.getPrototypeOf(stream) === Stream.prototype,
    keys: Object.keys(stream),
    spread: Object.keys({ ...stream }),
    iterator: `${typeof stream.iterator}/${stream.iterator.length} ${stream.iterator.name}`,
    asyncIterator: typeof stream[Symbol.asyncIterator],
    controller: stream.controller.constructor.name,
    aborted: stream.controller.signal.aborted,
    tee: typeof stream.tee,
    toReadableStream: typeof stream.toReadableStream,
    inspected: print(stream),
  }
}

/** The parts of a fetch response that do not change from run to run. */
function describeResponse(response) {
  return {
    class: response.constructor.name,
    status: response.status,
    ok: response.ok,
    bodyUsed: response.bodyUsed,
    contentType: response.headers.get('content-type'),
    requestID: response.headers.get('x-request-id') ?? response.headers.get('request-id'),
  }
}

/** Waits for a rejection that nobody handles; gives up where there is none. */
async function unhandledRejection() {
  const signal = AbortSignal.timeout(5_000)
  await events.once(process, 'unhandledRejection', { signal }).catch(() => {})
}

/** Freezes a value and all that it holds. */
function deepFreeze(value) {
  if (value && typeof value === 'object' && !(value instanceof AbortSignal)) {
    Object.values(value).forEach(deepFreeze)
    Object.freeze(value)
  }
  return value
}

module.exports = {
  attempt,
  collect,
  deepFreeze,
  describeError,
  describePromise,
  describeResponse,
  describeStream,
  unhandledRejection,
}
