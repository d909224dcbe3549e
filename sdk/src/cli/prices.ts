import { parseArgs } from 'node:util'
import { allPrices, knownPrices } from '../prices/known.ts'
import type { Offer } from '../prices/offer.ts'
import { pricesAt } from '../prices/prices.ts'
import { DATE, SOURCE } from '../prices/table.ts'
import { type Command, UsageError } from './command.ts'
import { listText, offerText, providers, tableAge } from './price-text.ts'

const HELP = `llmscope prices [model] [options]

Shows what a model costs as far as llmscope knows, or lists the models that have a price.

  --provider <name>  of one provider, by its gen_ai.provider.name: openai, gcp.gemini, aws.bedrock, ...
  --json             as JSON

Prices are in USD per million tokens. Those of the file that LLMSCOPE_PRICES names go before those of
the table. The exit code is 1 where no price is known.
`

/** `llmscope prices`: what is known of prices, from where, and how old it is. */
export const prices: Command = {
  name: 'prices',
  summary: 'shows what models cost, and how old the prices are',
  help: HELP,
  run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { provider: { type: 'string' }, json: { type: 'boolean' } },
      allowPositionals: true,
    })
    const [model, ...more] = positionals
    if (more.length > 0) throw new UsageError('prices takes one model')
    const now = Date.now()
    const offers =
      model === undefined ? allPrices(values.provider) : knownPrices(model, values.provider)
    if (values.json) process.stdout.write(jsonOf(offers, now))
    else process.stdout.write(model === undefined ? listing(offers, now) : details(offers, now))
    if (offers.length > 0) return 0
    process.stderr.write(unknown(model, values.provider))
    return 1
  },
}

function details(offers: readonly Offer[], now: number): string {
  return offers.map((offer) => offerText(offer, now)).join('\n')
}

function listing(offers: readonly Offer[], now: number): string {
  if (offers.length === 0) return ''
  return `${listText(offers, now)}\nThe table is of ${tableAge(now)}.\n`
}

function jsonOf(offers: readonly Offer[], now: number): string {
  const models = offers.map((offer) => ({
    provider: providers(offer),
    model: offer.model,
    source: offer.source,
    rule: offer.rule,
    periods: offer.periods.map((period) => ({
      ...(period.from !== undefined && { from: new Date(period.from).toISOString().slice(0, 10) }),
      ...(period.hours && { secondsOfDay: period.hours }),
      now: period.prices === pricesAt(offer.periods, now),
      prices: period.prices,
    })),
  }))
  return `${JSON.stringify({ table: { date: DATE, source: SOURCE }, models }, undefined, 2)}\n`
}

function unknown(model: string | undefined, provider: string | undefined): string {
  const what = [model && `the model ${model}`, provider && `the provider ${provider}`]
  return (
    `llmscope: no price is known of ${what.filter(Boolean).join(' of ')}. ` +
    'Calls of it have no cost and are counted by llmscope.cost.unpriced_calls. ' +
    'Write its prices into a JSON file, ' +
    `[{ "model": ${JSON.stringify(model ?? '...')}, "input": 1.5, "output": 6 }] ` +
    '(USD per million tokens), and set LLMSCOPE_PRICES to its path.\n'
  )
}
