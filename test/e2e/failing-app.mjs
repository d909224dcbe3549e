// An application whose model does not exist: it fails again and again, and goes on.
import { setTimeout as sleep } from 'node:timers/promises'
import OpenAI from 'openai'

const client = new OpenAI()
process.stdout.write('ready\n')
for (;;) {
  await client.chat.completions
    .create({ model: 'no-such-model', messages: [{ role: 'user', content: 'Hello?' }] })
    .catch(() => undefined)
  await sleep(500)
}
