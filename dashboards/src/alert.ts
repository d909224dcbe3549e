import type { Query } from './queries.ts'

/** A condition that somebody must be told of. */
export interface Alert {
  readonly name: string
  /** Fires for every series that this has a value for. */
  readonly when: Query
  /** How long it must hold before it fires, as a Prometheus duration. */
  readonly for: string
  readonly severity: 'warning' | 'critical'
  /** Labels beside the severity, where rules share a name. */
  readonly labels?: Readonly<Record<string, string>>
  /** One line: what is wrong, with whom. */
  readonly summary: string
  readonly description: string
  /** What to look at and do first. */
  readonly action: string
}

/** Alerts about one thing: one file of rules. */
export interface AlertGroup {
  readonly name: string
  readonly alerts: readonly Alert[]
}

/** The rule file of a group, as Prometheus reads it. */
export function ruleFile({ name, alerts }: AlertGroup): object {
  return { groups: [{ name: `llmscope-${name}`, rules: alerts.map(rule) }] }
}

function rule(alert: Alert): object {
  const { name, when, severity, labels, summary, description, action } = alert
  return {
    alert: name,
    expr: when.expr,
    for: alert.for,
    labels: { severity, ...labels },
    annotations: { summary, description, action },
  }
}
