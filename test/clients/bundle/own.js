import { start } from '@llmscope/sdk'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { calls } from './calls.js'

const sdk = new NodeSDK()
sdk.start()
start()
void calls().finally(() => sdk.shutdown())
