'use strict'

/** Asks twice, by whatever the client calls its method, and prints the last answer. */
async function run(Ollama, [, , host, method]) {
  const client = new Ollama({ host })
  await client[method]({ model: 'ordinary' })
  const { message } = await client[method]({ model: 'ordinary' })
  process.stdout.write(message.content)
}

module.exports = { run }
