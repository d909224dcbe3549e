import type { Adapter } from '../calls/adapter.ts'
import type { Subscription } from '../frameworks/subscription.ts'
import { adapters } from './index.ts'
import { ai } from './ai/index.ts'
import { langchain } from './langchain/index.ts'
import { mcp } from './mcp/index.ts'

/** Every framework that is listened to. */
export const subscriptions: readonly Subscription[] = [...ai, langchain, ...mcp]

/** What is loaded and instrumented: a client or a framework. */
export type Instrumented = Adapter | Subscription

export const instrumented: readonly Instrumented[] = [...adapters, ...subscriptions]
