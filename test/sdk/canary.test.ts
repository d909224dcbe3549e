import { testCanary } from './canary/canary.ts'
import { openai } from './canary/openai.ts'
import { operations } from './canary/operations.ts'

for (const canary of [openai, operations]) testCanary(canary)
