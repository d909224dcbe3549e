import type { Gpu, Host, HostList, Latest } from '../../api.ts'
import { Curve } from '../components/curve.tsx'
import { minutesOf, Period } from '../components/period.tsx'
import { Empty, State } from '../components/state.tsx'
import { useData, useRefreshed } from '../data.ts'
import { fullTime } from '../format.ts'
import { valueFormat } from '../layout/units.ts'
import { METRICS } from '../../names.ts'
import type { ViewProps } from './index.ts'

const GPU_CURVES = [
  ['Utilisation', METRICS.gpuUtilization],
  ['Memory', METRICS.gpuMemory],
  ['Power', METRICS.power],
  ['Temperature', METRICS.temperature],
] as const

const HOST_CURVES = [
  ['Load', METRICS.load],
  ['Memory', METRICS.memory],
] as const

/** Hosts and their GPUs over time. */
export function HostsView({ address }: ViewProps) {
  const asked = useRefreshed('metrics')
  const loaded = useData<HostList>('/data/hosts', asked)
  const from = asked - Number(minutesOf(address)) * 60_000
  const time = { from: String(from), to: String(asked) }
  return (
    <section>
      <h1>Hosts and GPUs</h1>
      <State loaded={loaded}>
        {({ hosts }) =>
          hosts.length === 0 ? (
            <Empty>
              <p>No host has told of itself yet. Start the agent on it:</p>
              <pre>npx @llmscope/host-agent</pre>
            </Empty>
          ) : (
            <>
              <Period address={address} />
              {hosts.map((host) => (
                <HostSection key={host.id} host={host} time={time} />
              ))}
            </>
          )
        }
      </State>
    </section>
  )
}

interface Time {
  readonly from: string
  readonly to: string
}

function HostSection({ host, time }: { readonly host: Host; readonly time: Time }) {
  const known = new Set(host.latest.map(({ metric }) => metric))
  const where = host.id === host.attributes['host.id'] ? 'host.id' : 'host.name'
  return (
    <>
      <h2>
        {host.name} <span class="hint">{fullTime(host.updated)}</span>
      </h2>
      <div class="charts">
        {HOST_CURVES.filter(([, name]) => known.has(name)).map(([title, name]) => {
          const query = new URLSearchParams({ name, ...time, where: `${where}=${host.id}` })
          if (name === METRICS.memory) query.set('by', 'system.memory.state')
          return <Curve key={name} title={title} query={query.toString()} />
        })}
      </div>
      {host.gpus.map((gpu) => (
        <GpuSection key={gpu.id} gpu={gpu} time={time} />
      ))}
    </>
  )
}

function GpuSection({ gpu, time }: { readonly gpu: Gpu; readonly time: Time }) {
  const known = new Set(gpu.latest.map(({ metric }) => metric))
  return (
    <>
      <h3>
        {gpu.name ?? 'GPU'} {gpu.id}
      </h3>
      <div class="charts">
        {GPU_CURVES.filter(([, name]) => known.has(name)).map(([title, name]) => {
          const query = new URLSearchParams({ name, ...time, where: `hw.id=${gpu.id}` })
          return <Curve key={name} title={title} query={query.toString()} />
        })}
      </div>
      <details>
        <summary>Latest values</summary>
        <LatestTable latest={gpu.latest} />
      </details>
    </>
  )
}

function LatestTable({ latest }: { readonly latest: readonly Latest[] }) {
  return (
    <table>
      <tbody>
        {latest.map(({ metric, attributes, unit, value }, index) => (
          <tr key={index}>
            <th scope="row">{metric}</th>
            <td class="hint">{Object.values(attributes).map(String).join(', ')}</td>
            <td class="number">{valueFormat(unit)(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
