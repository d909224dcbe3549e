import type { GenAiRequest, GenAiResponse, Operation } from './genai.ts'
import type { HeaderDialect } from './header-dialects.ts'

/**
 * How to read one client method. Method signatures, not properties: bivariance lets `Adapter`
 * erase the types.
 */
export interface Method<Request = unknown, Response = unknown, Chunk = unknown> {
  readonly operation: Operation
  request(request: Request): GenAiRequest
  response(response: Response): GenAiResponse
  /**
   * Folds one stream chunk into the response that the call would have returned without streaming.
   * The chunk belongs to the application: copy what is kept, change nothing. Without `content`,
   * text and arguments need not be kept.
   */
  fold?(response: Response | undefined, chunk: Chunk, content: boolean): Response
}

/** Where one instrumented method is found, and how to read it. */
export interface Target {
  /** Dotted path of the class from the module's exports. */
  readonly owner: string
  /** Dotted path of the resource from a client instance. */
  readonly resource: string
  readonly name: string
  readonly method: Method
}

/** The server behind a client, as far as the client tells. */
export interface Endpoint {
  readonly url?: string | undefined
  /** Used where the host does not tell the provider. */
  readonly provider?: string | undefined
}

/** The method that a client calls once for every HTTP request; what it returns is an answer or a promise of one. */
export interface AttemptTarget {
  /** Dotted path of its class from the module's exports, where the module exports it. */
  readonly owner?: string
  /** Dotted path of what has the method, from the object that a target is called on. */
  readonly resource?: string
  readonly name: string
  /**
   * The index of the argument by which the method is given its `fetch`, where it makes all requests of a
   * call: each request of that is an attempt. A version whose method takes no such argument makes one.
   */
  readonly transport?: number
  /** In which headers of the answer the provider tells what. */
  readonly headers: HeaderDialect
}

/** One LLM client: which methods, and how to read what goes through them. */
export interface Adapter {
  /** Value of `gen_ai.provider.name` where nothing else tells. */
  readonly provider: string
  /** Name of the npm package. */
  readonly module: string
  /** Files of the package, without extension, that export the client's class. */
  readonly files: readonly string[]
  readonly targets: readonly Target[]
  readonly attempt?: AttemptTarget
  /** Packages of others that trace the same client by wrapping its methods. */
  readonly others?: readonly string[]
  /** `self` is the object that a target was called on. */
  endpoint(self: unknown): Endpoint
}
