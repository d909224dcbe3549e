import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'

/** One metric that an expression reads. */
export interface Selector {
  readonly metric: string
  /** Labels that its series are filtered by, or must share with others. */
  readonly filters: readonly string[]
  /** Labels that the aggregations around it keep. */
  readonly groups: readonly string[]
  /** The function around it: `rate`, `increase`; empty where there is none. */
  readonly call: string
  /** The innermost aggregation around it: `sum`, `count`; empty where there is none. */
  readonly aggregate: string
}

/** The places where an expression is not PromQL. */
export function syntaxErrors(expr: string): string[] {
  const errors: string[] = []
  parser.parse(expr).iterate({
    enter: ({ type, from }) => {
      if (type.isError) errors.push(`${expr.slice(0, from)} <here> ${expr.slice(from)}`)
    },
  })
  return errors
}

/** Every metric that an expression reads, and how. */
export function selectors(expr: string): Selector[] {
  const found: Selector[] = []
  parser.parse(expr).iterate({
    enter: ({ name, node }) => {
      if (name === 'VectorSelector') found.push(read(node, expr))
    },
  })
  return found
}

function read(node: SyntaxNode, expr: string): Selector {
  const text = (of: SyntaxNode): string => expr.slice(of.from, of.to)
  const identifier = node.getChild('Identifier')
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []
  const filters = matchers.flatMap((matcher) => matcher.getChildren('LabelName')).map(text)
  const groups: string[] = []
  let call = ''
  let aggregate = ''
  const labelsOf = (of: SyntaxNode | null): string[] =>
    (of?.getChild('GroupingLabels')?.getChildren('LabelName') ?? []).map(text)
  let inner = node
  for (let outer = node.parent; outer; inner = outer, outer = outer.parent) {
    filters.push(...labelsOf(outer.getChild('MatchingModifierClause')))
    if (isCondition(inner, outer)) break
    groups.push(...labelsOf(outer.getChild('AggregateModifier')))
    const name = outer.getChild('FunctionIdentifier')
    if (name && !call) call = text(name)
    const operation = outer.getChild('AggregateOp')
    if (operation && !aggregate) aggregate = text(operation)
  }
  return { metric: identifier ? text(identifier) : '', filters, groups, call, aggregate }
}

/** Whether a part only says which series of the other are kept: it gives them no label. */
function isCondition(part: SyntaxNode, whole: SyntaxNode): boolean {
  const keeps = whole.getChild('And') ?? whole.getChild('Unless')
  return keeps !== null && part.from > keeps.from
}
