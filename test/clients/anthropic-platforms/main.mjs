import { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk'
import { AnthropicVertex } from '@anthropic-ai/vertex-sdk'
import { run } from './clients.cjs'

await run(AnthropicBedrock, AnthropicVertex, process.argv[2])
