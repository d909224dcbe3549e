import { expectTypeOf, test } from 'vitest'
import type { Emitted } from '../../sdk/src/catalogue/emitted.ts'
import type { ErrorCategory } from '../../sdk/src/calls/errors.ts'
import type { RateLimitKind } from '../../sdk/src/attempts/header-dialects.ts'
import type { Unpriced } from '../../sdk/src/prices/bill.ts'
import type { StreamOutcome } from '../../sdk/src/calls/stream.ts'

type ValueOf<Name extends keyof Emitted> = NonNullable<Emitted[Name]>

// what can be emitted must be in the catalogue to compile: here, that the catalogue has nothing else
test('the values of the catalogue are those that the code can emit', () => {
  expectTypeOf<ValueOf<'llmscope.error.category'>>().toEqualTypeOf<ErrorCategory>()
  expectTypeOf<ValueOf<'llmscope.stream.outcome'>>().toEqualTypeOf<StreamOutcome>()
  expectTypeOf<ValueOf<'llmscope.cost.unpriced_reason'>>().toEqualTypeOf<Unpriced>()
  expectTypeOf<ValueOf<'llmscope.rate_limit.kind'>>().toEqualTypeOf<RateLimitKind>()
})
