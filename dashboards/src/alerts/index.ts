import type { AlertGroup } from '../alert.ts'
import { availability } from './availability.ts'
import { gpu } from './gpu.ts'
import { llm } from './llm.ts'

export const alertGroups: readonly AlertGroup[] = [llm, gpu, availability]
