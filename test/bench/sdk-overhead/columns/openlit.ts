import { createRequire } from 'node:module'
import type { Column } from '../column.ts'
import type { Api } from '../open-telemetry.ts'

interface Library {
  readonly Openlit: { init(options: object): unknown }
}

/** OpenLIT, which brings OpenTelemetry's SDK and API along. */
export const openlit: Column = {
  name: 'OpenLIT',
  clients: ['openai', '@anthropic-ai/sdk'],
  content: { off: {}, on: {} },
  start: ({ load, client: { facts }, content, sink }) => {
    const { Openlit } = load('openlit') as Library
    const prices = { [facts.model]: { promptPrice: 0.00025, completionPrice: 0.002 } }
    Openlit.init({
      otlpEndpoint: sink,
      captureMessageContent: content,
      // it would fetch its price list
      pricingJson: { chat: prices },
    })
    return { api: createRequire(load.resolve('openlit'))('@opentelemetry/api') as Api }
  },
}
