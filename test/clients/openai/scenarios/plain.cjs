'use strict'
const { attempt } = require('../../contract/observe.cjs')

const file = () => new File(['CANARY-AUDIO'], 'speech.wav', { type: 'audio/wav' })
const image = () => new File(['CANARY-IMAGE'], 'picture.png', { type: 'image/png' })

/** Requests that are no inference. */
module.exports = {
  speech: async ({ client, model }) => {
    const answer = await client.audio.speech.create({
      model: model('ordinary'),
      input: 'CANARY-PROMPT',
      voice: 'alloy',
    })
    return answer.text()
  },

  transcription: ({ client, model }) =>
    client.audio.transcriptions.create({ model: model('ordinary'), file: file() }),

  'transcription with response': async ({ client, model }) => {
    const request = { model: model('ordinary'), file: file() }
    const { data, response } = await client.audio.transcriptions.create(request).withResponse()
    return { data, status: response.status }
  },

  'rejected transcription': (context) => {
    const { client, model } = context
    const request = { model: model('bad-request'), file: file() }
    return attempt(() => client.audio.transcriptions.create(request), context)
  },

  images: async ({ client: { images }, model }) => [
    await images.generate({ model: model('ordinary'), prompt: 'CANARY-PROMPT' }),
    await images.edit({ model: model('ordinary', 1), image: image(), prompt: 'CANARY-PROMPT' }),
  ],

  moderation: ({ client, model }) =>
    client.moderations.create({ model: model('ordinary'), input: 'CANARY-PROMPT' }),

  'batches and files': async ({ client: { batches, files } }) => {
    const uploaded = await files.create({ file: file(), purpose: 'batch' })
    const { id } = await batches.create({
      completion_window: '24h',
      endpoint: '/v1/responses',
      input_file_id: uploaded.id,
    })
    const listed = []
    for await (const batch of batches.list()) listed.push(batch)
    const content = await (await files.content(uploaded.id)).text()
    return [uploaded, await batches.retrieve(id), listed, content, await batches.cancel(id)]
  },
}
