import { createRequire } from 'node:module'
import { join } from 'node:path'
import { instrument } from '@llmscope/sdk'
import type { Call, Canary } from '../../sdk/canary/canary.ts'
import type { Secrets } from '../../sdk/canary/secrets.ts'
import type { GoogleGenAI } from '../gemini-client.ts'
import { install } from '../workspace.ts'
import { media, plain } from './gemini-plain.ts'

interface Library {
  readonly GoogleGenAI: new (options: object) => GoogleGenAI
}

const require = createRequire(join(await install('gemini-3'), 'index.js'))
const library = require('@google/genai') as Library

const MODEL = 'gemini-2.5-flash'

/** The `@google/genai` client. Not planted: what every mode tells, such as ids, models and names of tools. */
export const gemini: Canary = {
  name: '@google/genai',
  calls: (url, secrets) => {
    const headers = { 'x-secret': secrets.key('header') }
    const open = (options: object = {}): GoogleGenAI =>
      instrument(
        new library.GoogleGenAI({
          apiKey: secrets.key('api-key'),
          httpOptions: { baseUrl: url, headers },
          ...options,
        }),
      )
    const client = open()
    return [
      ...generated(client, secrets),
      ...failed(client, secrets),
      ...plain(client, secrets),
      ...media(open({ vertexai: true }), secrets),
    ]
  },
}

function generated({ models, chats }: GoogleGenAI, { in: plant }: Secrets): Call[] {
  const request = requestOf(plant)
  const answer = { body: bodyOf([...partsOf(plant, 'answer')]) }
  const pieces = plant('streamed-answer').match(/.{1,5}/g) ?? []
  const stream = { body: pieces.map((text) => bodyOf([{ text }])) }
  return [
    { answer, run: () => models.generateContent(request) },
    {
      answer: stream,
      run: async () => Array.fromAsync(await models.generateContentStream(request)),
    },
    {
      answer: stream,
      run: async () => {
        for await (const _ of await models.generateContentStream(request)) break
      },
    },
    {
      answer,
      run: () => chats.create({ model: MODEL }).sendMessage({ message: plant('chat') }),
    },
    {
      answer: { body: { embedding: { values: [1] }, embeddings: [{ values: [1] }] } },
      run: () => models.embedContent({ model: 'embedder', contents: plant('embedded') }),
    },
    { answer: { body: { totalTokens: 1 } }, run: () => models.countTokens(request) },
  ]
}

function requestOf(plant: Secrets['in']): object {
  const declaration = { name: 'look', description: plant('tool'), parametersJsonSchema: {} }
  return {
    model: MODEL,
    contents: [
      { role: 'user', parts: [...partsOf(plant, 'asked')] },
      { role: 'model', parts: [{ functionCall: { name: 'look', args: { a: plant('called') } } }] },
      {
        role: 'user',
        parts: [{ functionResponse: { name: 'look', response: { output: plant('result') } } }],
      },
    ],
    config: {
      systemInstruction: plant('instruction'),
      stopSequences: [secretOnly(plant('stop'))],
      labels: { note: plant('label') },
      tools: [{ functionDeclarations: [declaration] }],
      responseSchema: { type: 'OBJECT', description: plant('schema') },
      httpOptions: { headers: { 'x-call': secretOnly(plant('call-header')) } },
    },
  }
}

/** Every kind of part. */
function partsOf(plant: Secrets['in'], where: string): object[] {
  const data = Buffer.from(plant(`${where}-image`)).toString('base64')
  return [
    { text: plant(`${where}-text`) },
    { text: plant(`${where}-thought`), thought: true },
    { inlineData: { mimeType: 'image/png', data } },
    { fileData: { mimeType: 'image/png', fileUri: `gs://a/?key=${plant(`${where}-file`)}` } },
    { functionCall: { name: 'look', args: { a: [plant(`${where}-arguments`)] } } },
    { executableCode: { language: 'PYTHON', code: plant(`${where}-code`) } },
    { codeExecutionResult: { outcome: 'OUTCOME_OK', output: plant(`${where}-output`) } },
  ]
}

function bodyOf(parts: readonly object[]): object {
  const content = { role: 'model', parts }
  return { candidates: [{ index: 0, finishReason: 'STOP', content }], modelVersion: MODEL }
}

function failed({ models }: GoogleGenAI, { in: plant }: Secrets): Call[] {
  const run = (): unknown => models.generateContent({ model: MODEL, contents: 'Hello' })
  const details = [{ '@type': 'ErrorInfo', reason: plant('error-detail') }]
  const error = { code: 400, message: plant('error'), status: 'INVALID_ARGUMENT', details }
  const blocked = { promptFeedback: { blockReason: 'OTHER', blockReasonMessage: plant('blocked') } }
  return [
    { answer: { status: 400, body: { error } }, run },
    { answer: { status: 502, body: `<html>${plant('error-page')}</html>` }, run },
    { answer: { body: blocked }, run },
  ]
}

/** The part of a planted text that is sent redacted in every mode, or not at all. */
const secretOnly = (text: string): string => text.split(' ')[1] ?? ''
