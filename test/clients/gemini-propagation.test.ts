import { withContext } from '@llmscope/sdk'
import { context, propagation } from '@opentelemetry/api'
import { describe, expect, test } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { type GoogleGenAI, useGemini } from './gemini-client.ts'

// version 1 takes no transport of the application's
describe.each(['gemini-2', 'gemini-3'])('%s', (version) => {
  useTelemetry()
  const at = useGemini(version)

  test.each<[string, (client: GoogleGenAI) => Promise<unknown>]>([
    ['a list of models', ({ models }) => models.list()],
    ['a call', ({ models }) => models.generateContent({ model: 'ordinary', contents: 'Hello' })],
    ['an upload', ({ files }) => files.upload({ file: new Blob(['x'], { type: 'text/plain' }) })],
  ])('%s carries neither trace context nor baggage', async (_, call) => {
    const carriers: object[] = []
    const looking: typeof fetch = (...request) => {
      const carrier = {}
      propagation.inject(context.active(), carrier)
      carriers.push(carrier)
      return fetch(...request)
    }
    const client = at.create({ httpOptions: { baseUrl: at.server.baseURL, fetch: looking } })
    await withContext({ variant: 'b', propagate: true }, () => call(client))
    expect(carriers.length).toBeGreaterThan(0)
    expect(carriers.flatMap((carrier) => Object.keys(carrier))).toEqual([])
  })
})
