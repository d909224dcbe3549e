import { goWith } from '../address.ts'

interface HeadProps {
  readonly titles: readonly string[]
  /** From which column on there are numbers. */
  readonly numbersFrom?: number
}

/** The head of a table. */
export function Head({ titles, numbersFrom = Infinity }: HeadProps) {
  return (
    <thead>
      <tr>
        {titles.map((title, index) => (
          <th key={title} scope="col" class={index >= numbersFrom ? 'number' : ''}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface OlderProps {
  readonly address: URL
  readonly cursor: string | undefined
}

/** The way to what comes after a list; nothing at its end. */
export function Older({ address, cursor }: OlderProps) {
  if (cursor === undefined) return null
  return (
    <button type="button" onClick={() => goWith(address, { cursor })}>
      Older
    </button>
  )
}
