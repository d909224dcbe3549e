/** One request of the Model Context Protocol. */
export interface McpRequest {
  readonly method: string
  readonly id: string | undefined
  readonly tool?: string | undefined
  readonly prompt?: string | undefined
  readonly resource?: string | undefined
  readonly arguments?: unknown
}

/** What is known of the connection that a request goes over. */
export interface McpConnection {
  readonly sessionId?: string | undefined
  readonly protocolVersion?: string | undefined
  readonly transport?: 'pipe' | 'tcp' | undefined
  /** Of the server, as far as the client knows. */
  readonly address?: string | undefined
  readonly port?: number | undefined
}

/** How a request came out, in the words of the protocol. */
export interface McpFailure {
  /** The code of the error, or the error's kind where there is none. */
  readonly code: string
  /** The error's class, or the kind of the code, as far as these say why. */
  readonly name?: string | undefined
  readonly type?: string | undefined
  readonly message: string
  /** Whether the peer said so. */
  readonly isAnswer: boolean
}

/** How to read what a request came to. */
export interface McpReader {
  /** What the connection is known as once there is a result. */
  connection(result: unknown): McpConnection
  /** The failure that a result tells of, if it does. */
  refusal(result: unknown): McpFailure | undefined
  failure(error: unknown): McpFailure
}

/** Trace context as it is put into a message. */
export type Carrier = Readonly<Record<string, string>>
