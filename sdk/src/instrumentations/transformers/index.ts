import type { Adapter, Choice, Target } from '../../calls/adapter.ts'
import { generate } from './generate.ts'
import { noteName } from './models.ts'
import { run } from './pipelines.ts'
import type { Pipeline } from './wire.ts'

/** Pipelines that have a span: the task of an instance says which. */
const PIPELINES = [
  'TextGenerationPipeline',
  'Text2TextGenerationPipeline',
  'ImageToTextPipeline',
  'FeatureExtractionPipeline',
  'ImageFeatureExtractionPipeline',
  'AutomaticSpeechRecognitionPipeline',
  'TextToAudioPipeline',
]

/** What a model is called for is told by the pipeline that calls it. */
const pass: Choice = { operations: [], choose: () => undefined }

/**
 * transformers.js, which runs models by ONNX Runtime. A pipeline calls its model, which an application can
 * also do itself: either is one call.
 */
export const transformers: Adapter = {
  provider: 'transformers_js',
  module: '@huggingface/transformers',
  majors: [3, 4],
  files: ['dist/transformers.node', 'dist/transformers.node.min'],
  isLocal: true,
  targets: [
    ...PIPELINES.map((owner): Target => ({ owner, name: '_call', method: run })),
    { owner: 'PreTrainedModel', resource: 'model', name: 'generate', method: generate },
    { owner: 'PreTrainedModel', resource: 'model', name: '_call', method: pass },
  ],
  loader: { owner: 'PreTrainedModel', name: 'from_pretrained', loaded: noteName },
  isClient: (client) => {
    const { task, model } = client as Pipeline
    return typeof client === 'function' && typeof task === 'string' && typeof model === 'function'
  },
  endpoint: () => ({}),
}
