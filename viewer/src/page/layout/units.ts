import { duration, shortCount } from '../format.ts'

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** Bytes in the unit that suits them. */
export function bytes(value: number): string {
  const power = Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10)
  const place = Math.min(BYTES.length - 1, power)
  return `${Number((value / 1024 ** place).toPrecision(3))} ${BYTES[place] ?? ''}`
}

const plain = (value: number): string =>
  Math.abs(value) >= 1000 ? shortCount(value) : String(Number(value.toPrecision(3)))

/** How values of a metric of this unit (in UCUM) are written. */
export function valueFormat(unit: string): (value: number) => string {
  if (unit === 's') return (value) => duration(value * 1000)
  if (unit === 'ms') return duration
  if (unit === 'By') return bytes
  if (unit === 'W') return (value) => `${plain(value)} W`
  if (unit === 'Cel') return (value) => `${plain(value)} °C`
  if (unit === '{USD}') return (value) => `$${plain(value)}`
  return plain
}
