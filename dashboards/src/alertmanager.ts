/** A receiver of Alertmanager: a name, and the channels through which it tells somebody. */
interface Receiver {
  readonly name: string
  readonly [channel: `${string}_configs`]: readonly object[]
}

interface Channels {
  readonly global?: object
  readonly warning: Receiver
  readonly critical: Receiver
}

/** For a developer's machine: alerts are grouped and shown by Alertmanager, and nobody is told. */
const silent: Channels = { warning: { name: 'warning' }, critical: { name: 'critical' } }

const eMail = { email_configs: [{ to: 'llm-team@example.org', send_resolved: true }] }

/** For production: every alert by e-mail, critical ones to a webhook too. Secrets are in files. */
const telling: Channels = {
  global: {
    smtp_smarthost: 'smtp.example.org:587',
    smtp_from: 'alerts@example.org',
    smtp_auth_username: 'alerts@example.org',
    smtp_auth_password_file: '/etc/alertmanager/secrets/smtp-password',
  },
  warning: { name: 'warning', ...eMail },
  critical: {
    name: 'critical',
    ...eMail,
    webhook_configs: [
      {
        url: 'https://hooks.example.org/llmscope',
        send_resolved: true,
        http_config: {
          authorization: { credentials_file: '/etc/alertmanager/secrets/webhook-token' },
        },
      },
    ],
  },
}

function configuration({ global, warning, critical }: Channels): object {
  return {
    ...(global && { global }),
    route: {
      receiver: warning.name,
      group_by: ['alertname', 'severity'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '4h',
      routes: [
        { matchers: ['severity="critical"'], receiver: critical.name, repeat_interval: '1h' },
      ],
    },
    inhibit_rules: ['service_name', 'host_name'].map(silenced),
    receivers: [warning, critical],
  }
}

// A label that neither alert has would count as equal, so the source must have it.
function silenced(label: string): object {
  return {
    source_matchers: ['severity="critical"', `${label}=~".+"`],
    target_matchers: ['severity="warning"'],
    equal: [label],
  }
}

/** Alertmanager's configuration on a developer's machine, and what to start from in production. */
export const alertmanager: object = configuration(silent)
export const alertmanagerProduction: object = configuration(telling)
