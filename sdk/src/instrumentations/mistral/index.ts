import { mistralHeaders } from '../../attempts/header-dialects.ts'
import type { Adapter, Method, Target } from '../../calls/adapter.ts'
import type { Operation } from '../../calls/genai.ts'
import { chat, chatStream, embeddings, fill, fillStream } from './chat.ts'
import { converse, converseStream } from './conversations.ts'

interface Resource {
  readonly _baseURL?: { readonly href?: string } | null
}

/** What the methods of a class do, and where an instance of the client has one of it. */
interface Methods {
  readonly resource: string
  readonly methods: Readonly<Record<string, Method | Operation>>
}

const jobs: Methods = {
  resource: 'batch.jobs',
  methods: {
    create: 'create_batch',
    get: 'retrieve_batch',
    list: 'list_batches',
    cancel: 'cancel_batch',
    delete: 'delete_batch',
  },
}

/** By class; each is declared in a file of its own, of the same name. */
const CLASSES: Readonly<Record<string, Methods>> = {
  Chat: {
    resource: 'chat',
    methods: { complete: chat, stream: chatStream, parse: chat, parseStream: chatStream },
  },
  Agents: { resource: 'agents', methods: { complete: chat, stream: chatStream } },
  Fim: { resource: 'fim', methods: { complete: fill, stream: fillStream } },
  Embeddings: { resource: 'embeddings', methods: { create: embeddings } },
  Conversations: {
    resource: 'beta.conversations',
    methods: {
      start: converse,
      append: converse,
      restart: converse,
      startStream: converseStream,
      appendStream: converseStream,
      restartStream: converseStream,
    },
  },
  Classifiers: {
    resource: 'classifiers',
    methods: {
      moderate: 'moderate',
      moderateChat: 'moderate',
      classify: 'classify',
      classifyChat: 'classify',
    },
  },
  Ocr: { resource: 'ocr', methods: { process: 'read_document' } },
  Transcriptions: {
    resource: 'audio.transcriptions',
    methods: { complete: 'transcribe_audio', stream: 'transcribe_audio' },
  },
  Speech: { resource: 'audio.speech', methods: { complete: 'generate_speech' } },
  Files: {
    resource: 'files',
    methods: {
      upload: 'upload_file',
      retrieve: 'retrieve_file',
      list: 'list_files',
      delete: 'delete_file',
      download: 'download_file',
    },
  },
  Jobs: jobs,
  // of version 1, whose `Jobs` are others: they train models
  MistralJobs: jobs,
}

/** Where the classes are declared, and what makes the requests. */
const FILES = [...Object.keys(CLASSES).map((name) => `sdk/${name.toLowerCase()}`), 'lib/http']

/** The `@mistralai/mistralai` client: version 1 is CommonJS, version 2 is ESM alone. */
export const mistral: Adapter = {
  provider: 'mistral_ai',
  module: '@mistralai/mistralai',
  majors: [1, 2],
  files: [...FILES.filter((file) => file !== 'sdk/jobs'), ...FILES.map((file) => `esm/${file}`)],
  inPieces: true,
  targets: Object.entries(CLASSES).flatMap(([owner, { resource, methods }]) =>
    Object.entries(methods).map(([name, method]): Target => ({
      owner,
      resource,
      name,
      method: typeof method === 'string' ? plain(method) : method,
    })),
  ),
  attempt: {
    owner: 'HTTPClient',
    // that of an application, by which an instance leads to the class
    resource: '_options.httpClient',
    name: 'request',
    headers: mistralHeaders,
  },
  endpoint: (self) => ({ url: (self as Resource)._baseURL?.href }),
}

/** What no model answers, or nobody counts in tokens. */
function plain(operation: Operation): Method<{ readonly model?: unknown } | undefined> {
  return {
    operation,
    request: (request) => ({
      model: typeof request?.model === 'string' ? request.model : undefined,
    }),
    response: () => ({}),
  }
}
