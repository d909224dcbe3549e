import type { Usage } from '../genai.ts'
import { type Charge, type Prices, priceFor } from './prices.ts'

/** USD. What is charged for the call itself is in neither of the two. */
export interface Charged {
  readonly input: number
  readonly output: number
  readonly amount: number
}

/** Whose price a kind of token has where it has none of its own. */
const ELSE: Readonly<Partial<Record<Charge, Charge>>> = {
  cacheRead: 'input',
  cacheWrite: 'input',
  cacheWriteHour: 'cacheWrite',
  audioInput: 'input',
  imageInput: 'input',
  reasoning: 'output',
  audioOutput: 'output',
  imageOutput: 'output',
}

/**
 * What a call costs: every token once, by the most special price that there is for it. Nothing where
 * tokens have been used that have no price.
 */
export function charge(usage: Usage, prices: Prices): Charged | undefined {
  const input = chargeInput(usage, prices)
  const output = chargeOutput(usage, prices)
  const amount = input + output + priceFor(prices.call ?? 0, usage.input ?? 0)
  return Number.isNaN(amount) ? undefined : { input, output, amount }
}

// cached tokens are taken for text: what is left of audio and images is at most what is not cached
function chargeInput(usage: Usage, prices: Prices): number {
  const { input = 0, cacheRead = 0, cacheWrite = 0 } = usage
  const hour = upTo(cacheWrite, usage.cacheWriteHour)
  const fresh = input - cacheRead - cacheWrite
  const audio = upTo(fresh, usage.audioInput)
  const image = upTo(fresh - audio, usage.imageInput)
  const of = (kind: Charge, tokens: number): number => dollars(prices, kind, tokens, input)
  return (
    of('input', fresh - audio - image) +
    of('cacheRead', cacheRead) +
    of('cacheWrite', cacheWrite - hour) +
    of('cacheWriteHour', hour) +
    of('audioInput', audio) +
    of('imageInput', image)
  )
}

function chargeOutput(usage: Usage, prices: Prices): number {
  const { input = 0, output = 0 } = usage
  const audio = upTo(output, usage.audioOutput)
  const image = upTo(output - audio, usage.imageOutput)
  const reasoning = upTo(output - audio - image, usage.reasoning)
  const of = (kind: Charge, tokens: number): number => dollars(prices, kind, tokens, input)
  return (
    of('output', output - audio - image - reasoning) +
    of('reasoning', reasoning) +
    of('audioOutput', audio) +
    of('imageOutput', image)
  )
}

function upTo(most: number, count = 0): number {
  return Math.max(0, Math.min(most, count))
}

/** `NaN` where there is no price. */
function dollars(prices: Prices, kind: Charge, tokens: number, inputTokens: number): number {
  if (tokens <= 0) return 0
  let priced: Charge | undefined = kind
  while (priced && prices[priced] === undefined) priced = ELSE[priced]
  const price = priced && prices[priced]
  return price === undefined ? Number.NaN : (tokens * priceFor(price, inputTokens)) / 1e6
}
