'use strict'

const messages = [{ role: 'user', content: 'Hello' }]

/** One call of each of the methods that both know, and a stream. */
exports.run = async (client) => {
  const model = 'ordinary'
  const { id } = await client.chat.completions.create({ model, messages })
  const stream = await client.chat.completions.create({ model, messages, stream: true })
  let chunks = 0
  for await (const chunk of stream) if (chunk.id) chunks += 1
  const { data } = await client.embeddings.create({ model, input: 'Hello' })
  const { status } = await client.responses.create({ model, input: 'Hello' })
  process.stdout.write(`${id} ${chunks > 1} ${data.length} ${status}\n`)
}
