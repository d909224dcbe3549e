import { context, type Context, createContextKey, type Span, trace } from '@opentelemetry/api'

/** A call of a tool that is running, for what it calls on its part. */
export interface RunningTool {
  readonly name: string
  span?: Span
  /** A tool of the same name in another process does its work: it is one call, with one span. */
  isForwarded: boolean
}

const KEY = createContextKey('llmscope running tool')

/** Tools that run in a context that a client made: it holds their span, and nothing else of ours. */
const tools = new WeakMap<Span, RunningTool>()

/** The innermost tool that is running here. */
export function runningTool(active: Context = context.active()): RunningTool | undefined {
  const span = trace.getSpan(active)
  return (span && tools.get(span)) ?? (active.getValue(KEY) as RunningTool | undefined)
}

export function withRunningTool(parent: Context, tool: RunningTool): Context {
  return parent.setValue(KEY, tool)
}

/** What runs while `span` is active is part of what `own`, the same to us, stands for. */
export function bindRunningTool(span: Span, own: Span): void {
  const tool = tools.get(own)
  if (tool) tools.set(span, tool)
}

/** `tool` has begun, with this span. */
export function beginTool(tool: RunningTool, span: Span): void {
  tool.span = span
  tools.set(span, tool)
}

/**
 * Whether a call of `name` elsewhere is what this tool is: frameworks offer the tools of others by their
 * own names, or with the name of where they are before it.
 */
export function forwards({ name: own, isForwarded }: RunningTool, name: string): boolean {
  if (isForwarded) return false
  const before = own.at(-name.length - 1)
  return own === name || (own.endsWith(name) && before !== undefined && /\W|_/.test(before))
}
