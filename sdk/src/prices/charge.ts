import type { Usage } from '../calls/genai.ts'
import { type Charge, type Prices, priceFor } from './prices.ts'

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
 * What a call costs in USD: every token once, by the most special price that there is for it. Nothing
 * where tokens have been used that have no price.
 */
export function charge(usage: Usage, prices: Prices): number | undefined {
  const { input = 0 } = usage
  const perCall = prices.call === undefined ? 0 : priceFor(prices.call, input)
  const millionths = chargeInput(usage, prices) + chargeOutput(usage, prices, input)
  return Number.isNaN(millionths) ? undefined : perCall + millionths / 1e6
}

// cached tokens are taken for text: what is left of audio and images is at most what is not cached
function chargeInput(usage: Usage, prices: Prices): number {
  const { input = 0, cacheRead = 0, cacheWrite = 0 } = usage
  const hour = upTo(cacheWrite, usage.cacheWriteHour)
  const fresh = input - cacheRead - cacheWrite
  const audio = upTo(fresh, usage.audioInput)
  const image = upTo(fresh - audio, usage.imageInput)
  return (
    chargeKind(prices, 'input', fresh - audio - image, input) +
    chargeKind(prices, 'cacheRead', cacheRead, input) +
    chargeKind(prices, 'cacheWrite', cacheWrite - hour, input) +
    chargeKind(prices, 'cacheWriteHour', hour, input) +
    chargeKind(prices, 'audioInput', audio, input) +
    chargeKind(prices, 'imageInput', image, input)
  )
}

function chargeOutput(usage: Usage, prices: Prices, input: number): number {
  const { output = 0 } = usage
  const audio = upTo(output, usage.audioOutput)
  const image = upTo(output - audio, usage.imageOutput)
  const reasoning = upTo(output - audio - image, usage.reasoning)
  return (
    chargeKind(prices, 'output', output - audio - image - reasoning, input) +
    chargeKind(prices, 'reasoning', reasoning, input) +
    chargeKind(prices, 'audioOutput', audio, input) +
    chargeKind(prices, 'imageOutput', image, input)
  )
}

function upTo(most: number, count: number | undefined): number {
  return count === undefined ? 0 : Math.max(0, Math.min(most, count))
}

/** In millionths of a USD; `NaN` where there is no price. */
function chargeKind(prices: Prices, kind: Charge, tokens: number, input: number): number {
  if (tokens <= 0) return 0
  let priced: Charge | undefined = kind
  while (priced && prices[priced] === undefined) priced = ELSE[priced]
  const price = priced && prices[priced]
  return price === undefined ? Number.NaN : tokens * priceFor(price, input)
}
