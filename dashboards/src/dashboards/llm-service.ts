import type { Dashboard } from '../dashboard.ts'
import { agents } from '../rows/agents.ts'
import { cost } from '../rows/cost.ts'
import { errors } from '../rows/errors.ts'
import { latency } from '../rows/latency.ts'
import { llmOverview } from '../rows/llm-overview.ts'
import { models } from '../rows/models.ts'
import { quality } from '../rows/quality.ts'
import { rateLimits } from '../rows/rate-limits.ts'
import { requests } from '../rows/requests.ts'
import { streaming } from '../rows/streaming.ts'
import { tokens } from '../rows/tokens.ts'
import { variants } from '../rows/variants.ts'
import { llmVariables } from '../scopes/llm.ts'

export const llmService: Dashboard = {
  uid: 'llmscope-llm-service',
  title: 'LLM service',
  description:
    'Calls to LLMs: how many, how fast, how often they fail, what they use and cost, how good they are.',
  variables: llmVariables,
  rows: [
    llmOverview,
    models,
    requests,
    errors,
    rateLimits,
    latency,
    streaming,
    tokens,
    cost,
    quality,
    variants,
    agents,
  ],
}
