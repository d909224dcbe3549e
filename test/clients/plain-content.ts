import { expect } from 'vitest'
import type { Observation } from './observation.ts'

/** A part of a message that is text. */
export const text = (content: string): object[] => [{ type: 'text', content }]

/** The ordinary call of a dialect that tells instructions apart, with all content captured, by the name of its span. */
export function checkPlainContent({ spans, logs }: Observation, name: string): void {
  const plain = spans.find((span) => span.name === name)
  const told = (attribute: string): unknown =>
    JSON.parse(String(plain?.attributes[`gen_ai.${attribute}`]))
  expect(told('input.messages')).toEqual([{ role: 'user', parts: text('CANARY-PROMPT') }])
  expect(told('system_instructions')).toEqual(text('CANARY-SYSTEM'))
  expect(told('output.messages')).toEqual([
    { role: 'assistant', parts: text('CANARY-ANSWER of three pieces'), finish_reason: 'stop' },
  ])
  expect(logs.find(({ spanId }) => spanId === plain?.spanId)).toMatchObject({
    eventName: 'gen_ai.client.inference.operation.details',
    attributes: { 'gen_ai.input.messages': [{ role: 'user' }] },
  })
}

/** A call of eighty messages is told whole. */
export function checkManyMessages({ spans }: Observation, name: string): void {
  const many = spans.find((span) => span.name === name)
  expect(many?.dropped).toBe(0)
  expect(JSON.parse(String(many?.attributes['gen_ai.input.messages']))).toHaveLength(80)
}
