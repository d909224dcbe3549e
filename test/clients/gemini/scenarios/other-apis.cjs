'use strict'
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { attempt } = require('../../contract/observe.cjs')

const embed = ({ client, model }, script = 'ordinary', config = {}) =>
  client.models.embedContent({ model: model(script), contents: ['CANARY-PROMPT', 'two'], config })

const IMAGE = { imageBytes: 'iVBORw0KGgo=', mimeType: 'image/png' }

/** Embeddings, what is asked of the API beside content, and a call that is none of ours. */
module.exports = {
  embeddings: (context) => embed(context),
  'embeddings of four dimensions': (context) =>
    embed(context, 'ordinary', { outputDimensionality: 4 }),
  'embeddings of vertex ai': (context) => {
    const { open, options } = context
    return embed({ ...context, client: open(context, { ...options, vertexai: true }) })
  },
  'rejected embeddings': (context) => attempt(() => embed(context, 'bad-request'), context),

  'token count': ({ client, model }) =>
    client.models.countTokens({ model: model('ordinary'), contents: 'CANARY-PROMPT' }),
  'token count, rejected': (context) => {
    const { client, model } = context
    const request = { model: model('bad-request'), contents: 'CANARY-PROMPT' }
    return attempt(() => client.models.countTokens(request), context)
  },

  batches: async ({ client: { batches }, model }) => {
    const contents = 'CANARY-PROMPT'
    const created = await batches.create({ model: model('ordinary'), src: [{ contents }] })
    const { name } = created
    await batches.cancel({ name })
    const listed = (await batches.list()).page
    return [created, await batches.get({ name }), listed, await batches.delete({ name })]
  },

  caches: async ({ client: { caches }, model }) => {
    const config = { contents: 'CANARY-PROMPT', ttl: '60s' }
    const created = await caches.create({ model: model('ordinary'), config })
    const { name } = created
    const updated = await caches.update({ name, config: { ttl: '90s' } })
    const listed = (await caches.list()).page
    return [created, await caches.get({ name }), updated, listed, await caches.delete({ name })]
  },

  files: async ({ client: { files } }) => {
    const file = new Blob(['CANARY-FILE'], { type: 'text/plain' })
    const uploaded = await files.upload({ file, config: { mimeType: 'text/plain' } })
    const { name } = uploaded
    const downloadPath = path.join(os.tmpdir(), `llmscope-${process.pid}`)
    await files.download({ file: name, downloadPath })
    const content = fs.readFileSync(downloadPath, 'utf8')
    fs.rmSync(downloadPath)
    const listed = (await files.list()).page
    return [uploaded, content, await files.get({ name }), listed, await files.delete({ name })]
  },

  'images and videos of vertex ai': async (context) => {
    const { open, options, model } = context
    const { models, operations } = open(context, { ...options, vertexai: true })
    const imagen = { model: model('imagen'), prompt: 'CANARY-PROMPT' }
    const images = await models.generateImages(imagen)
    const upscaled = await models.upscaleImage({
      model: model('imagen'),
      image: IMAGE,
      upscaleFactor: 'x2',
    })
    const operation = await models.generateVideos({
      model: model('ordinary'),
      prompt: 'CANARY-PROMPT',
    })
    return [images, upscaled, operation, await operations.getVideosOperation({ operation })]
  },

  'list of models': async ({ client }) => (await client.models.list()).page,
}
