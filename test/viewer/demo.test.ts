/** The demo as it runs where nothing is built: everything arrives at the viewer. */
import { beforeAll, expect, test } from 'vitest'
import { settled } from '../../examples/demo/checks.ts'
import { viewerPlace } from '../../examples/demo/place.ts'

beforeAll(() => {
  // the demo must use its own server here, whatever the developer's shell has
  delete process.env['OPENAI_API_KEY']
  delete process.env['OPENAI_BASE_URL']
})

test(
  'the demo brings traces, tokens, scores, training and the host',
  { timeout: 120_000 },
  async () => {
    const place = await viewerPlace({ steps: 20, speed: 20, ports: 'free' })
    try {
      const answers = [await place.parts.ask('What do 4 L40S cost for 30 hours?')]
      await place.parts.training
      for (const check of place.checks(answers)) expect(await settled(check, 30_000)).not.toBe('')
    } finally {
      await place.parts.stop()
    }
  },
)
