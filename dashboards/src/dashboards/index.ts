import type { Dashboard } from '../dashboard.ts'
import { gpuAndHost } from './gpu-and-host.ts'
import { llmService } from './llm-service.ts'
import { training } from './training.ts'

export const dashboards: readonly Dashboard[] = [llmService, gpuAndHost, training]
