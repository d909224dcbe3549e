import { expect, test } from 'vitest'
import { selfTime } from '../../viewer/src/page/layout/tree.ts'

const at = (start: number, duration: number): { start: number; duration: number } => ({
  start,
  duration,
})

test('the self time of a span is that in which no child ran, however they overlap', () => {
  expect(selfTime(at(0, 100), [])).toBe(100)
  expect(selfTime(at(0, 100), [at(10, 20), at(20, 20), at(80, 10)])).toBe(60)
  expect(selfTime(at(0, 100), [at(50, 10), at(40, 50)])).toBe(50)
  // the clock of another host, and work that goes on
  expect(selfTime(at(0, 100), [at(-50, 60), at(90, 500)])).toBe(80)
  expect(selfTime(at(0, 100), [at(-50, 500)])).toBe(0)
})
