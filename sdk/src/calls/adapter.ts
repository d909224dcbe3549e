import type { TracerProvider } from '@opentelemetry/api'
import type { GenAiRequest, GenAiResponse, Operation } from './genai.ts'
import type { Headers } from '../attempts/answer-headers.ts'
import type { HeaderDialect } from '../attempts/header-dialects.ts'
import type { Session } from './session.ts'

/**
 * How to read one client method. Method signatures, not properties: bivariance lets `Adapter`
 * erase the types.
 */
export interface Method<Request = unknown, Response = unknown, Chunk = unknown> {
  readonly operation: Operation
  /** `options` is what the method was given beside its request. */
  request(request: Request, options?: unknown): GenAiRequest
  response(response: Response): GenAiResponse
  /**
   * Folds one stream chunk into the response that the call would have returned without streaming.
   * The chunk belongs to the application: copy what is kept, change nothing. Without `content`,
   * text and arguments need not be kept.
   */
  fold?(response: Response | undefined, chunk: Chunk, content: boolean): Response
  /** The stream in what the method returns, where that only holds it. */
  stream?(returned: unknown): unknown
  /** The method gives a generator, and does nothing before that is asked. */
  readonly isLazy?: boolean
  /** What the method opens is a session. */
  readonly session?: Session
  /** What the client's method is given in the place of `args`, where it tells of its chunks by callbacks. */
  listen?(args: readonly unknown[], heard: Heard): unknown[]
  /**
   * The same for a target that is called in the course of this call, on `self`; nothing where that is a
   * call of its own.
   */
  listenWithin?(
    target: string,
    self: unknown,
    args: readonly unknown[],
    heard: Heard,
  ): unknown[] | undefined
}

/** Is told of every chunk. */
export type Heard = (chunk: unknown) => void

/** Where one instrumented method is found, and how to read it. */
export interface Target {
  /** Dotted path of the class from the module's exports; absent where the method is a function that a file exports. */
  readonly owner?: string
  /** Dotted path of the resource from a client instance; absent where it is the client itself. */
  readonly resource?: string
  readonly name: string
  readonly method: Method | Choice
}

/** How to read a method that does many things, by what it is given. */
export interface Choice {
  /** All that it may be. */
  readonly operations: readonly Operation[]
  /**
   * Nothing for what no span is to tell of. `rest` is what the method was given beside its input, `self` what
   * it was called on. A method that is made here serves one call, and can keep what it is told.
   */
  choose(input: unknown, rest?: readonly unknown[], self?: unknown): Method | undefined
}

/** The server behind a client, as far as the client tells. */
export interface Endpoint {
  readonly url?: string | undefined
  /** Used where the host does not tell the provider. */
  readonly provider?: string | undefined
}

/** An answer as far as it is read, as `fetch` has it: never the body. */
export interface Answer {
  readonly status?: unknown
  readonly headers?: Headers
}

/** The method that a client calls once for every HTTP request; what it returns is an answer or a promise of one. */
export interface AttemptTarget {
  /** Dotted path of its class from what the module exports, or declares where that can be seen. */
  readonly owner?: string
  /** Dotted path of what has the method, from the object that a target is called on; empty where that has it. */
  readonly resource?: string
  readonly name: string
  /**
   * The index of the argument by which the method is given its `fetch`, where it makes all requests of a
   * call: each request of that is an attempt. A version whose method takes no such argument makes one.
   */
  readonly transport?: number
  /**
   * The index of the argument, an object of options, by which a target that is a function is given its
   * `fetch`, under this name.
   */
  readonly option?: number
  /** Where a client keeps the options that its methods have by default. */
  readonly defaults?: string
  /** Whether a request is a call's own, where the method makes others as well. */
  readonly isCall?: (request: unknown) => boolean
  /** In which headers of the answer the provider tells what. */
  readonly headers: HeaderDialect
  /** Where a request goes, of clients that do not know before they send one. */
  readonly endpoint?: (request: unknown) => Endpoint
  /** The answer in what the method gives back, where that is none of `fetch`'s. */
  readonly answer?: (given: unknown) => Answer
}

/** What a client that traces itself is to do. */
export interface NativeSettings {
  /** Sends the provider trace context. */
  readonly propagates: boolean
  /** Tells what its tools are given, and what they give back. */
  readonly tellsContent: boolean
}

/**
 * How a client traces itself. The SDK puts a tracer of its own in the place of the client's: of the calls
 * that it tells of itself the client's makes no span.
 */
export interface NativeTracing {
  /** Dotted path of the class whose instances keep a tracer. */
  readonly owner: string
  /** The property in which they keep it. */
  readonly tracer: string
  /** The accessor of their settings. A version without it does not trace itself. */
  readonly settings: string
  /** Names of the client's spans that tell of what the targets tell of. */
  readonly calls: ReadonlySet<string>
  /** The same settings with what is asked of us in the place of what is asked of the client. */
  settle(settings: object, asked: NativeSettings): object
  /** Where the application sends the spans of a client, if not to its global provider; `self` is the client, or part of it. */
  provider(self: unknown): TracerProvider | undefined
}

/** The static method that loads models, of clients whose models cannot tell afterwards what they were loaded as. */
export interface ModelLoader {
  /** Dotted path of the class from the module's exports. */
  readonly owner: string
  readonly name: string
  loaded(model: unknown, args: readonly unknown[]): void
}

/** One LLM client: which methods, and how to read what goes through them. */
export interface Adapter {
  /** Value of `gen_ai.provider.name` where nothing else tells. */
  readonly provider: string
  /** The provider whose protocol the client speaks, where that is another. */
  readonly protocol?: string
  /** Name of the npm package. */
  readonly module: string
  /** Its major versions that are tested. */
  readonly majors: readonly number[]
  /** Files of the package, without extension, that export the client's class. */
  readonly files: readonly string[]
  /** Whether each of the files declares some of the targets, where others have a client of all. */
  readonly inPieces?: true
  /** Every version has the first of them, by which an instance of the client is known. */
  readonly targets: readonly Target[]
  readonly attempt?: AttemptTarget
  /** Packages of others that trace the same client by wrapping its methods. */
  readonly others?: readonly string[]
  readonly native?: NativeTracing
  /** Its models run in this process: nothing is sent to anybody. */
  readonly isLocal?: true
  readonly loader?: ModelLoader
  /** Whether an object is a client, where others have the same methods, or where they are functions of modules. */
  isClient?(client: object): boolean
  /** `self` is the object that a target was called on, `input` what it was given. */
  endpoint(self: unknown, input?: unknown): Endpoint
}
