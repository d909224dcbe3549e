import { startBedrockServer } from '../sdk/bedrock-server/server.ts'
import { type ClientInUse, useClient } from './client.ts'

/** What the tests use of the client: its own types are where it is installed, out of the compiler's sight. */
export interface BedrockRuntime {
  converse(request: object, options?: object): Promise<object>
  invokeModel(request: object): Promise<object>
}

interface Library {
  readonly BedrockRuntime: new (options: object) => BedrockRuntime
}

interface Transport {
  readonly NodeHttpHandler: new () => object
}

/** A client over HTTP/1.1: by itself it speaks HTTP/2. */
export function openBedrock(
  require: NodeJS.Require,
  endpoint: string,
  options: object,
): BedrockRuntime {
  const { BedrockRuntime: Client } = require('@aws-sdk/client-bedrock-runtime') as Library
  const { NodeHttpHandler } = require('@smithy/node-http-handler') as Transport
  const credentials = { accessKeyId: 'CANARY-API-KEY', secretAccessKey: 'CANARY-API-KEY' }
  const requestHandler = new NodeHttpHandler()
  return new Client({ endpoint, region: 'eu-north-1', credentials, requestHandler, ...options })
}

/** An instrumented client of one version, in this process, and a scripted server that it talks to. */
export const useBedrock = (version: string): ClientInUse<BedrockRuntime> =>
  useClient(version, { startServer: startBedrockServer, make: openBedrock })
