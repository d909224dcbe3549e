import type { RefusalName, Script } from './script.ts'

const ordinary: Script = {
  pieces: ['CANARY-ANSWER', ' of', ' three', ' pieces'],
  finish: 'stop',
  refuses: false,
  callsTools: false,
  toolArguments: '{"city":"CANARY-TOOL-ARGUMENT"}',
  delay: { headers: 0, first: 0, between: 0 },
  wire: { crlf: false },
}

const changed = (changes: Partial<Script>): Script => ({ ...ordinary, ...changes })
const rejecting = (refusal: RefusalName, attempts?: number): Script =>
  changed({ rejects: { refusal, ...(attempts !== undefined && { attempts }) } })
const paced = changed({
  pieces: Array.from({ length: 40 }, (_, index) => ` ${index}`),
  delay: { headers: 0, first: 0, between: 15 },
})
const NEVER = 600_000

const scripts: Readonly<Record<string, Script>> = {
  ordinary,
  tools: changed({ callsTools: true }),
  refusal: changed({ refuses: true, pieces: ['I cannot', ' help', ' with that.'] }),
  json: changed({ pieces: ['{"city":', '"Paris",', '"celsius":21}'] }),
  truncated: changed({ pieces: ['{"city":'], finish: 'length' }),
  'content-filter': changed({ finish: 'content_filter' }),
  empty: changed({ cut: { after: 0, how: 'end' } }),
  large: changed({ pieces: ['x'.repeat(1_048_576)] }),
  crlf: changed({ wire: { crlf: true } }),
  split: changed({ pieces: ['Größe ', '日本語 ', '🎉 ☃'], wire: { crlf: false, packet: 5 } }),
  slow: changed({ delay: { headers: 150, first: 250, between: 0 } }),
  paced,
  'error-event': changed({ cut: { after: 3, how: 'error event' } }),
  drop: changed({ cut: { after: 3, how: 'destroy' } }),
  malformed: changed({ cut: { after: 3, how: 'malformed' } }),
  stall: changed({ cut: { after: 3, how: 'stall' } }),
  silent: changed({ delay: { headers: NEVER, first: 0, between: 0 } }),
  'reset-once': changed({ stumbles: { attempts: 1, how: 'destroy' } }),
  'stall-once': changed({ stumbles: { attempts: 1, how: 'stall' } }),
  'bad-request': rejecting('badRequest'),
  unauthorized: rejecting('unauthorized'),
  'invalid-key': rejecting('invalidKey'),
  forbidden: rejecting('forbidden'),
  'not-found': rejecting('notFound'),
  'context-length': rejecting('contextLength'),
  'blocked-prompt': rejecting('blockedPrompt'),
  'rate-limit': rejecting('rateLimit'),
  'rate-limit-twice': rejecting('rateLimit', 2),
  quota: rejecting('quota'),
  'server-error': rejecting('serverError'),
  'server-error-once': rejecting('serverError', 1),
  overloaded: rejecting('overloaded'),
  deadline: rejecting('deadline'),
}

/** The script that a model's name asks for: `<script>` or `<script>:<anything>`, else the ordinary one. */
export function scriptOf(model: string): Script {
  return scripts[model.split(':', 1)[0] ?? ''] ?? ordinary
}
