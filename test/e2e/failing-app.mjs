// An application whose model does not exist: it fails again and again, and goes on; its agent goes in circles.
import { setTimeout as sleep } from 'node:timers/promises'
import { agent, tool } from '@llmscope/sdk'
import OpenAI from 'openai'

const client = new OpenAI()
process.stdout.write('ready\n')
for (;;) {
  await client.chat.completions
    .create({ model: 'no-such-model', messages: [{ role: 'user', content: 'Hello?' }] })
    .catch(() => undefined)
  agent('stuck_agent', () => {
    for (let time = 0; time < 3; time += 1) {
      tool({ name: 'look', arguments: { at: 'the same' } }, () => 'nothing')
    }
  })
  await sleep(500)
}
