import type { Dialect } from '../scripted-server/dialect.ts'
import { type ScriptedServer, startScriptedServer } from '../scripted-server/server.ts'
import type { RequestBody } from './api.ts'
import { converse } from './converse.ts'
import { eventStream, frame } from './event-stream.ts'
import { invokeApis } from './invoke.ts'
import { otherApis } from './other-apis.ts'
import { refusals } from './refusals.ts'

const MODEL = /\/model\/([^/]+)\//

export const dialect: Dialect<RequestBody> = {
  basePath: '',
  apis: [converse, ...invokeApis, ...otherApis],
  refusals,
  framing: eventStream,
  malformed: frame({ event: 'contentBlockDelta', data: '{"delta":{"text":' }),
  read: ({ pathname }, body) => ({
    ...read(body),
    model: decodeURIComponent(MODEL.exec(pathname)?.[1] ?? '').replace(/^arn:.*\//, ''),
    stream: pathname.endsWith('-stream'),
  }),
  headers: (model) => ({ 'x-amzn-requestid': `request-${model.replaceAll(/[^\w-]/g, '-')}` }),
  // the client says which of how many it is
  attempt: ({ headers }) =>
    Number(/attempt=(\d+)/.exec(String(headers['amz-sdk-request']))?.[1] ?? 1) - 1,
}

/** A body that is no JSON is the client's fault, and for the scripts no matter. */
function read(body: string): Partial<RequestBody> {
  return body.endsWith('}') ? (JSON.parse(body) as Partial<RequestBody>) : {}
}

/** Starts a scripted server that speaks the wire format of Amazon Bedrock's runtime. */
export function startBedrockServer(port?: number): Promise<ScriptedServer> {
  return startScriptedServer(dialect, port)
}
