import type { Tokens } from '../api.ts'

const number = new Intl.NumberFormat()
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 })
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' })

export const count = (value: number): string => number.format(value)
export const shortCount = (value: number): string => short.format(value)
export const time = (milliseconds: number): string => clock.format(milliseconds)
/** With date and time zone. */
export const fullTime = (milliseconds: number): string => moment.format(milliseconds)

/** A duration of so many milliseconds, in the unit that suits it. */
export function duration(milliseconds: number): string {
  if (milliseconds < 0.001) return `${Math.round(milliseconds * 1e6)} ns`
  if (milliseconds < 1) return `${Math.round(milliseconds * 1000)} µs`
  if (milliseconds < 1000) return `${Number(milliseconds.toPrecision(3))} ms`
  if (milliseconds < 60_000) return `${Number((milliseconds / 1000).toPrecision(3))} s`
  const minutes = Math.floor(milliseconds / 60_000)
  return `${minutes} min ${Math.round((milliseconds - minutes * 60_000) / 1000)} s`
}

/** US dollars; small costs keep two digits that say something. */
export function cost(dollars: number | undefined): string {
  if (dollars === undefined) return ''
  if (dollars === 0) return '$0'
  return dollars >= 1 ? `$${dollars.toFixed(2)}` : `$${Number(dollars.toPrecision(2))}`
}

/** Tokens in and out; nothing where there are none. */
export function tokens({ input, output }: Tokens): string {
  return input + output === 0 ? '' : `${shortCount(input)} → ${shortCount(output)}`
}

/** What a score came to. */
export const score = (value: number): string => String(Number(value.toPrecision(3)))

/** A part of a whole. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? '' : `${Number(((part / whole) * 100).toPrecision(2))} %`
