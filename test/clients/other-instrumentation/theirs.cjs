'use strict'
const { registerInstrumentations } = require('@opentelemetry/instrumentation')
const { OpenAIInstrumentation } = require('@opentelemetry/instrumentation-openai')

registerInstrumentations({ instrumentations: [new OpenAIInstrumentation()] })
