import type { Message, Part } from '../layout/messages.ts'

/** What was said in a call of a model. */
export function Conversation({ messages }: { readonly messages: readonly Message[] }) {
  return (
    <ol class="conversation">
      {messages.map(({ role, parts, finish }, index) => (
        <li key={index} class={`message ${role === 'user' ? 'user' : ''}`}>
          <span class="role">{role}</span>
          {parts.map((part, place) => (
            <PartOf key={place} part={part} />
          ))}
          {finish !== undefined && finish !== 'stop' && <span class="tag">{finish}</span>}
        </li>
      ))}
    </ol>
  )
}

function PartOf({ part }: { readonly part: Part }) {
  switch (part.kind) {
    case 'text':
      return <p class="text">{part.text}</p>
    case 'reasoning':
      return <Folded title="Reasoning" value={part.text} />
    case 'call':
      return <Folded title={`Calls ${part.name}`} value={part.arguments} isOpen />
    case 'result':
      return <Folded title={`Result ${part.id}`} value={part.result} />
    case 'image':
      return <img class="image" src={part.source} alt="An image of the message" />
    default:
      return <Folded title="Part" value={part.value} />
  }
}

interface FoldedProps {
  readonly title: string
  readonly value: unknown
  readonly isOpen?: boolean
}

/** What is shown on request, JSON on lines of its own. */
export function Folded({ title, value, isOpen = false }: FoldedProps) {
  return (
    <details open={isOpen}>
      <summary>{title}</summary>
      <pre>{pretty(value)}</pre>
    </details>
  )
}

function pretty(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value, undefined, 2) ?? ''
  try {
    return JSON.stringify(JSON.parse(value), undefined, 2)
  } catch {
    return value
  }
}
