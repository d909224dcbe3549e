import type { LogList, LogRecord } from '../../api.ts'
import { goWith } from '../address.ts'
import { Folded } from '../components/conversation.tsx'
import { Link } from '../components/link.tsx'
import { Head, Older } from '../components/list.tsx'
import { Empty, State } from '../components/state.tsx'
import { useData, useRefreshed } from '../data.ts'
import { fullTime, time } from '../format.ts'
import type { ViewProps } from './index.ts'

const SEVERITIES = [
  { title: 'any', least: '' },
  { title: 'information', least: '9' },
  { title: 'warnings', least: '13' },
  { title: 'errors', least: '17' },
]

/** Events and logs, newest first, each with the way to its trace. */
export function LogsView({ address }: ViewProps) {
  const version = useRefreshed('logs')
  const loaded = useData<LogList>(`/data/logs${address.search}`, version)
  return (
    <section>
      <h1>Events and logs</h1>
      <Filters address={address} />
      <State loaded={loaded}>
        {({ logs, cursor }) => (
          <>
            {logs.length === 0 ? (
              <Nothing isFiltered={address.search !== ''} />
            ) : (
              <Table logs={logs} />
            )}
            <Older address={address} cursor={cursor} />
          </>
        )}
      </State>
    </section>
  )
}

function Filters({ address }: ViewProps) {
  const { searchParams } = address
  return (
    <p class="actions">
      <label class="inline">
        Text
        <input
          type="search"
          value={searchParams.get('text') ?? ''}
          onChange={({ currentTarget }) =>
            goWith(address, { text: currentTarget.value, cursor: '' })
          }
        />
      </label>
      <label class="inline">
        At least
        <select
          value={searchParams.get('minSeverity') ?? ''}
          onChange={({ currentTarget }) =>
            goWith(address, { minSeverity: currentTarget.value, cursor: '' })
          }
        >
          {SEVERITIES.map(({ title, least }) => (
            <option key={least} value={least}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </p>
  )
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <Empty>
      <p>
        {isFiltered
          ? 'No event or log is like that.'
          : 'No event or log has arrived yet. Scores, anomalies of trainings and log records of OTLP show here.'}
      </p>
    </Empty>
  )
}

function Table({ logs }: { readonly logs: readonly LogRecord[] }) {
  return (
    <table>
      <Head titles={['Time', 'What', 'Service', 'Trace']} />
      <tbody>
        {logs.map((log) => (
          <tr key={log.id}>
            <td>
              <time title={fullTime(log.time)}>{time(log.time)}</time>
            </td>
            <td>
              {log.severity >= 17 && <span class="bad">{log.severityText ?? 'ERROR'} </span>}
              {typeof log.body === 'string' && <p class="text">{log.body}</p>}
              <Folded title={log.event ?? 'attributes'} value={log.attributes} />
            </td>
            <td>{log.service}</td>
            <td>
              {log.traceId !== undefined && (
                <Link href={`/traces/${log.traceId}?span=${log.spanId ?? ''}`}>
                  {log.traceId.slice(0, 8)}
                </Link>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
