import { goWith } from '../address.ts'

const PERIODS = [
  { title: '15 minutes', minutes: '15' },
  { title: '1 hour', minutes: '60' },
  { title: '6 hours', minutes: '360' },
  { title: '1 day', minutes: '1440' },
  { title: '7 days', minutes: '10080' },
]

/** How many minutes back an address looks. */
export const minutesOf = (address: URL): string => address.searchParams.get('minutes') ?? '60'

/** A choice of how far to look back, kept in the address. */
export function Period({ address }: { readonly address: URL }) {
  return (
    <label class="inline">
      Of the last{' '}
      <select
        value={minutesOf(address)}
        onChange={({ currentTarget }) => goWith(address, { minutes: currentTarget.value })}
      >
        {PERIODS.map(({ title, minutes }) => (
          <option key={minutes} value={minutes}>
            {title}
          </option>
        ))}
      </select>
    </label>
  )
}
