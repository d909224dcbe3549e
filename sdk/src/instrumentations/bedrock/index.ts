import type { Adapter, Answer, Endpoint } from '../../calls/adapter.ts'
import { awsHeaders } from '../../attempts/header-dialects.ts'
import { commands } from './commands.ts'

interface HttpRequest {
  readonly protocol?: string
  readonly hostname?: string
  readonly port?: number
  readonly path?: string
}

interface HttpResponse {
  readonly statusCode?: number
  readonly headers?: Readonly<Record<string, string | undefined>>
}

/** What runs a model: credentials, which may come over HTTP too, have paths of their own. */
const MODEL_PATH = /\/model\/[^/]+\/[\w-]+$/

/**
 * The client of the AWS SDK for Amazon Bedrock's models. It has one method for all that it does, and
 * does with it what the command says that it is given.
 */
export const bedrock: Adapter = {
  provider: 'aws.bedrock',
  module: '@aws-sdk/client-bedrock-runtime',
  majors: [3],
  files: ['dist-cjs/index', 'dist-es/BedrockRuntimeClient'],
  targets: [{ owner: 'BedrockRuntimeClient', name: 'send', method: commands }],
  attempt: {
    resource: 'config.requestHandler',
    name: 'handle',
    headers: awsHeaders,
    isCall: (request) => MODEL_PATH.test((request as HttpRequest).path ?? ''),
    endpoint: (request) => endpointOf(request as HttpRequest),
    answer: (given) => answerOf((given as { readonly response?: HttpResponse }).response),
  },
  // every client of the AWS SDK has the same method
  isClient: (client) =>
    (client as { readonly config?: { readonly serviceId?: unknown } }).config?.serviceId ===
    'Bedrock Runtime',
  endpoint: () => ({}),
}

function endpointOf({ protocol, hostname, port }: HttpRequest): Endpoint {
  return { url: `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}` }
}

function answerOf({ statusCode, headers = {} }: HttpResponse = {}): Answer {
  return { status: statusCode, headers: { get: (name) => headers[name] ?? null } }
}
