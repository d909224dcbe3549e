'use strict'
const { registerInstrumentations } = require('@opentelemetry/instrumentation')
const { AnthropicInstrumentation } = require('@traceloop/instrumentation-anthropic')

registerInstrumentations({ instrumentations: [new AnthropicInstrumentation()] })
