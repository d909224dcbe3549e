import type { Offer } from '../prices/offer.ts'
import { CHARGES, type Period, type Price, pricesAt } from '../prices/prices.ts'
import { providerNames } from '../prices/providers.ts'
import { tierFactors } from '../prices/service-tiers.ts'
import { DATE, SOURCE } from '../prices/table.ts'

const DAY = 86_400_000

/** All that is known of one model, for people. */
export function offerText(offer: Offer, now: number): string {
  const { source, model, rule, periods } = offer
  const origin = source === 'local' ? 'your price file' : `the table of ${tableAge(now)}`
  const inForce = pricesAt(periods, now)
  return [
    `${model}, ${providers(offer)}`,
    `  from ${origin}, for ${rule}`,
    ...periods.map((period) => periodText(period, periods.length > 1, period.prices === inForce)),
    ...tiers(offer),
    '',
  ].join('\n')
}

/** One line for each model: provider, model, and what input and output cost now. */
export function listText(offers: readonly Offer[], now: number): string {
  const rows = offers.map((offer) => {
    const { input, output } = pricesAt(offer.periods, now) ?? {}
    return [providers(offer), offer.model, basePrice(input), basePrice(output)]
  })
  const all = [['provider', 'model', 'input', 'output'], ...rows]
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`)
    .join('')
}

/** How old the table is, and where it is from. */
export function tableAge(now: number): string {
  const days = Math.max(0, Math.floor((now - Date.parse(DATE)) / DAY))
  return `${DATE} (${days} ${days === 1 ? 'day' : 'days'} old, from ${SOURCE})`
}

/** Who a price is for, by `gen_ai.provider.name`. */
export function providers({ source, provider }: Offer): string {
  if (provider === undefined) return 'any provider'
  return source === 'local' ? provider : providerNames(provider).join(', ')
}

function periodText({ prices, from, hours }: Period, isOneOfMany: boolean, isNow: boolean): string {
  const charged = CHARGES.filter((charge) => prices[charge] !== undefined)
  const when = hours ? hoursText(hours) : from === undefined ? 'otherwise' : `from ${dayOf(from)}`
  const title = isOneOfMany ? `  ${when}${isNow ? ', now' : ''}` : '  USD per million tokens'
  if (charged.length === 0) return `${title}\n    no price for tokens is known`
  const lines = charged.map((charge) => {
    const unit = charge === 'call' ? ' per call' : ''
    return `    ${charge.padEnd(16)}${priceText(prices[charge])}${unit}`
  })
  return [title, ...lines].join('\n')
}

function hoursText(hours: readonly number[]): string {
  const [start, end] = hours.map((second) => new Date(second * 1000).toISOString().slice(11, 16))
  return `from ${start} to ${end} UTC`
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

// where more tokens have another price, the list says only that
function basePrice(price: Price | undefined): string {
  return typeof price === 'object' ? `${price[0]}, ...` : priceText(price)
}

function priceText(price: Price | undefined): string {
  if (price === undefined) return '-'
  if (typeof price === 'number') return String(price)
  const [base, ...steps] = price
  const above = steps.flatMap((tokens, index) =>
    index % 2 === 0 ? [`${steps[index + 1]} above ${tokens} input tokens`] : [],
  )
  return [base, ...above].join(', ')
}

function tiers({ source, provider }: Offer): string[] {
  if (source === 'local' || provider === undefined) return []
  const factors = Object.entries(tierFactors(provider))
  if (factors.length === 0) return []
  const list = factors.map(([tier, factor]) => `${tier} ${factor * 100} %`).join(', ')
  return [`  service tiers: ${list} of these prices`]
}
