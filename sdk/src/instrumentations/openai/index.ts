import type { Adapter } from '../../calls/adapter.ts'
import { openaiHeaders } from '../../attempts/header-dialects.ts'
import { chat } from './chat.ts'
import { completions } from './completions.ts'
import { embeddings } from './embeddings.ts'
import { endpoint } from './endpoint.ts'
import { plain, plainTargets } from './plain.ts'
import { responses } from './responses.ts'

/** The `openai` client, versions 4 to 7, and every server that speaks its protocol. */
export const openai: Adapter = {
  provider: 'openai',
  module: 'openai',
  majors: [4, 5, 6, 7],
  files: ['index', 'client'],
  targets: [
    {
      owner: 'OpenAI.Chat.Completions',
      resource: 'chat.completions',
      name: 'create',
      method: chat,
    },
    { owner: 'OpenAI.Responses', resource: 'responses', name: 'create', method: responses },
    { owner: 'OpenAI.Embeddings', resource: 'embeddings', name: 'create', method: embeddings },
    { owner: 'OpenAI.Completions', resource: 'completions', name: 'create', method: completions },
    ...plainTargets('OpenAI', plain),
  ],
  attempt: { owner: 'OpenAI', name: 'fetchWithTimeout', headers: openaiHeaders },
  others: [
    '@opentelemetry/instrumentation-openai',
    '@arizeai/openinference-instrumentation-openai',
    '@traceloop/instrumentation-openai',
    '@elastic/opentelemetry-instrumentation-openai',
  ],
  endpoint,
}
