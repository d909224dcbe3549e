import * as catalogue from '@llmscope/sdk/catalogue'
import * as sdk from '@llmscope/sdk'
import * as register from '@llmscope/sdk/register'

export const metrics: readonly catalogue.Metric[] = catalogue.catalogue

export const started: sdk.Started = sdk.start({ captureContent: 'span_only', exitTimeout: 1000 })

export { register }

export const answer: Promise<number> = sdk.agent('planner', async () =>
  sdk.tool({ name: 'calculator', arguments: { a: 1 } }, () => 42),
)

export const handler: (event: string) => Promise<string> = sdk.lambdaHandler(
  async (event: string) => event,
)

export const flushed: Promise<sdk.Flushed> = sdk.flush({ timeoutMillis: 1000 })

// @ts-expect-error no such option
sdk.start({ captureContents: 'span_only' })
