import type { SessionDetail, SessionList, SessionSummary } from '../../api.ts'
import { Link } from '../components/link.tsx'
import { Head, Older } from '../components/list.tsx'
import { Scores } from '../components/scores.tsx'
import { Empty, State } from '../components/state.tsx'
import { useData, useRefreshed } from '../data.ts'
import { cost, count, duration, fullTime, tokens } from '../format.ts'
import type { ViewProps } from './index.ts'

/** Conversations, newest first, or one of them over its traces. */
export function SessionsView({ address }: ViewProps) {
  const version = useRefreshed('traces')
  const id = address.searchParams.get('id')
  if (id !== null) return <Session id={id} version={version} />
  return <Sessions address={address} version={version} />
}

function Sessions({ address, version }: ViewProps & { readonly version: number }) {
  const loaded = useData<SessionList>(`/data/sessions${address.search}`, version)
  return (
    <section>
      <h1>Sessions</h1>
      <State loaded={loaded}>
        {({ sessions, cursor }) => (
          <>
            {sessions.length === 0 ? <NothingYet /> : <Table sessions={sessions} />}
            <Older address={address} cursor={cursor} />
          </>
        )}
      </State>
    </section>
  )
}

function NothingYet() {
  return (
    <Empty>
      <p>No trace tells of its conversation yet. Say which one it is:</p>
      <pre>{'await withContext({ conversationId, userId }, () => answer(question))'}</pre>
    </Empty>
  )
}

const addressOf = (id: string): string => `/sessions?id=${encodeURIComponent(id)}`

function Table({ sessions }: { readonly sessions: readonly SessionSummary[] }) {
  return (
    <table>
      <Head titles={['Conversation', 'User', 'Last', 'Traces', 'Failed', 'Tokens', 'Cost']} />
      <tbody>
        {sessions.map((session) => (
          <tr key={session.id}>
            <td>
              <Link href={addressOf(session.id)}>{session.id}</Link>{' '}
              <span class="hint">{session.services.join(', ')}</span>
              {session.scores > 0 && <span class="tag">{`${count(session.scores)} scored`}</span>}
            </td>
            <td>{session.user}</td>
            <td>{fullTime(session.end)}</td>
            <td>{count(session.traces)}</td>
            <td>{session.errors > 0 && count(session.errors)}</td>
            <td>{tokens(session.tokens)}</td>
            <td>{cost(session.cost)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Session({ id, version }: { readonly id: string; readonly version: number }) {
  const loaded = useData<SessionDetail>(`/data/sessions/${encodeURIComponent(id)}`, version)
  return (
    <section>
      <h1>
        Session <span class="hint">{id}</span>
      </h1>
      <State loaded={loaded}>
        {({ session, traces, scores }) => (
          <>
            <p class="hint">
              {session.user} · {count(session.traces)} traces · {tokens(session.tokens)} ·{' '}
              {cost(session.cost)}
            </p>
            <ol class="conversation">
              {traces.map((trace) => (
                <li key={trace.id} class="message">
                  <Link href={`/traces/${trace.id}`}>{trace.name}</Link>{' '}
                  <span class="hint">
                    {fullTime(trace.start)} · {duration(trace.duration)} · {tokens(trace.tokens)}{' '}
                    {cost(trace.cost)}
                  </span>
                  {trace.errors > 0 && (
                    <span class="tag bad">{`${count(trace.errors)} failed`}</span>
                  )}
                  <Scores scores={scores.filter(({ traceId }) => traceId === trace.id)} />
                </li>
              ))}
            </ol>
          </>
        )}
      </State>
    </section>
  )
}
