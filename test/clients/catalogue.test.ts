import { expect, test } from 'vitest'
import { start } from '../sdk/child.ts'
import { everything } from '../sdk/conformance/conformance.ts'
import { exportEverything, variablesFor } from '../sdk/everything/index.ts'
import { fail } from '../sdk/everything/operations.ts'
import { train } from '../sdk/everything/training.ts'
import type { OtlpSink } from '../sdk/otlp-sink.ts'
import { useGemini } from './gemini-client.ts'

const gemini = useGemini('gemini-3')

const IMAGE = { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }

/** What only this client can say. */
async function callGemini(): Promise<void> {
  await gemini.client.models.generateContent({
    model: 'gemini-2.5-flash',
    contents: ['What is this?', IMAGE],
    config: { topK: 40, responseModalities: ['TEXT', 'IMAGE'] },
  })
}

async function callDoctor(sink: OtlpSink): Promise<void> {
  const args = ['sdk/src/cli/main.ts', 'doctor', '--size', '10']
  expect((await start(args, variablesFor(sink)).ended).code).toBe(0)
}

test('everything in the catalogue is exported by some call, with every attribute', async () => {
  const { seen } = await exportEverything('both', async (sink) => {
    await callGemini()
    await train(() => expect.poll(() => sink.seen).toContain('metric training.epoch'))
    await callDoctor(sink)
    fail()
  })
  // no provider of the clients here tells what it wrote to a cache
  const possible = everything().filter((line) => !/cache_(write|creation)/.test(line))
  expect(possible.filter((line) => !seen.has(line))).toEqual([])
})
