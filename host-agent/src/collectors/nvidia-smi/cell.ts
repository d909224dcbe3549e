/** What a cell says as a number in base units; undefined where it says that there is none. */
export type ReadCell = (cell: string) => number | undefined

// Everything else is one of N/A, [N/A], [Not Supported], [Unknown Error], ERR! and their like.
const NUMBER = /^-?\d+(\.\d+)?$/

const scaled =
  (convert: (value: number) => number): ReadCell =>
  (cell) =>
    NUMBER.test(cell) ? convert(Number(cell)) : undefined

export const plain: ReadCell = scaled((value) => value)
export const percent: ReadCell = scaled((value) => value / 100)
export const mebibytes: ReadCell = scaled((value) => value * 2 ** 20)
export const megahertz: ReadCell = scaled((value) => value * 1e6)
export const microseconds: ReadCell = scaled((value) => value / 1e6)
export const performanceState: ReadCell = (cell) =>
  cell.startsWith('P') ? plain(cell.slice(1)) : undefined
export const yesNo: ReadCell = (cell) => ({ Yes: 1, No: 0 })[cell]
export const bits: ReadCell = (cell) => (/^0x[\da-f]+$/i.test(cell) ? Number(cell) : undefined)

/** The cell where it is a word or a version; undefined where it says that there is none. */
export function words(cell: string): string | undefined {
  return /^(\[.*\]|N\/A|ERR!|)$/.test(cell) ? undefined : cell
}
