import * as aws from '@anthropic-ai/aws-sdk'
import * as bedrock from '@anthropic-ai/bedrock-sdk'
import * as foundry from '@anthropic-ai/foundry-sdk'
import * as vertex from '@anthropic-ai/vertex-sdk'
import { run } from './clients.cjs'

await run({ ...aws, ...bedrock, ...foundry, ...vertex }, process.argv[2])
