import { expect, test } from 'vitest'
import { differences, estimate } from './interval.ts'

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

// ranks as tables of the sign test give them
test.each([
  [6, 1, 6],
  [10, 2, 9],
  [20, 6, 15],
  [25, 8, 18],
  [40, 14, 27],
  [60, 22, 39],
])(
  'of %i measurements, the interval goes from the %ith smallest to the %ith',
  (count, low, high) => {
    const { low: from, high: to } = estimate(upTo(count).toReversed())
    expect([from, to]).toEqual([low, high])
  },
)

test('the median of an even number of measurements lies between the two in the middle', () => {
  expect(estimate([4, 1, 3, 2]).median).toBe(2.5)
  expect(estimate([9, 1, 5]).median).toBe(5)
})

test('fewer than six measurements have no interval', () => {
  expect(estimate([1, 2, 3, 4, 5])).toEqual({ median: 3, low: -Infinity, high: Infinity })
})

test('it holds the true median in at least 95 of 100 cases, of a skewed distribution too', () => {
  let state = 1
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  let held = 0
  for (let experiment = 0; experiment < 2000; experiment += 1) {
    // exponential, whose median is ln 2
    const { low, high } = estimate(Array.from({ length: 30 }, () => -Math.log(random())))
    if (low <= Math.LN2 && Math.LN2 <= high) held += 1
  }
  expect(held / 2000).toBeGreaterThan(0.945)
})

test('differences are between what was measured side by side', () => {
  expect(differences([10, 20, 30], [1, 2, 3])).toEqual([9, 18, 27])
})
