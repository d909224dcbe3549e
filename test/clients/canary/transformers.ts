import type { Canary } from '../../sdk/canary/canary.ts'
import { loadPipelines } from '../local-models/transformers.ts'

const { writer, encoder, listener } = await loadPipelines()
const LIMIT = { max_new_tokens: 2 }

/** transformers.js, which asks no server: its answers repeat what it is asked. */
export const transformers: Canary = {
  name: 'transformers.js',
  calls: (_, { in: plant, key }) => {
    const chat = [
      { role: 'system', content: plant('system') },
      { role: 'user', content: [{ type: 'text', text: plant('asked') }] },
    ]
    const tools = [{ type: 'function', function: { name: 'look', description: plant('tool') } }]
    const put = (): void => {
      throw new Error(plant('error'))
    }
    const runs = [
      () => writer(plant('prompt'), { ...LIMIT, stop_strings: [key('stop')] }),
      () => writer([plant('prompt'), plant('other-prompt')], LIMIT),
      () => writer(chat, { ...LIMIT, tools }),
      () => writer('the cat', { ...LIMIT, streamer: { put, end: put } }),
      () => encoder(plant('embedded')),
      () => listener(plant('heard')),
    ]
    return runs.map((run) => ({ answer: { body: {} }, run }))
  },
}
