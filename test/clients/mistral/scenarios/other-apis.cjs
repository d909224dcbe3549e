'use strict'
const { attempt, collect } = require('../../contract/observe.cjs')

const fill = ({ client, model, patience }, method, script = 'ordinary') =>
  client.fim[method](
    { model: model(script), prompt: 'CANARY-PROMPT', suffix: 'CANARY-SUFFIX' },
    patience(),
  )
const embed = ({ client, model, patience }, more, script = 'ordinary') =>
  client.embeddings.create(
    { model: model(script), inputs: ['CANARY-PROMPT', 'two'], ...more },
    patience(),
  )
const moderate = ({ client, model, patience }, script = 'ordinary') =>
  client.classifiers.moderate({ model: model(script), inputs: 'CANARY-PROMPT' }, patience())

/** Completions, embeddings, what nobody counts in tokens, and a call that is none of ours. */
module.exports = {
  'fill in the middle': (context) => fill(context, 'complete'),
  'fill in the middle, streamed': async (context) =>
    collect(await fill(context, 'stream'), context),
  'fill in the middle, rejected': (context) =>
    attempt(() => fill(context, 'complete', 'bad-request'), context),

  embed: (context) => embed(context),
  'embed in four dimensions': (context) => embed(context, { outputDimension: 4 }),
  'embed, rejected': (context) => attempt(() => embed(context, {}, 'bad-request'), context),

  moderate: (context) => moderate(context),
  'moderate, rejected': (context) => attempt(() => moderate(context, 'bad-request'), context),
  classify: ({ client, model, patience }) =>
    client.classifiers.classify({ model: model('ordinary'), inputs: 'CANARY-PROMPT' }, patience()),
  'read a document': ({ client, model, patience }) =>
    client.ocr.process(
      {
        model: model('ordinary'),
        document: { type: 'document_url', documentUrl: 'https://example.com/CANARY-DOCUMENT.pdf' },
      },
      patience(),
    ),

  'list of models': ({ client }) => client.models.list(),
}
