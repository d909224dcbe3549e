'use strict'
const events = require('node:events')
const { inspect } = require('node:util')
const { trace } = require('@opentelemetry/api')

const tracer = trace.getTracer('application')

/** Listeners that note all that they hear, and as what they are called. */
function listenersOf() {
  const heard = []
  const changed = new events.EventEmitter()
  const note = (self, ...event) => {
    heard.push([self === callbacks ? 'own' : typeof self, ...event])
    changed.emit('event')
  }
  // as a class has them
  const callbacks = Object.create({
    onopen() {
      note(this, 'open')
    },
    onmessage(message) {
      tracer.startSpan('heard').end()
      note(this, 'message', message)
    },
    onerror({ message }) {
      note(this, 'error', message)
    },
    onclose({ code, reason }) {
      note(this, 'close', { code, reason })
    },
  })
  const until = async (isHeard) => {
    while (!heard.some(([, name, what]) => isHeard(name, what))) await events.once(changed, 'event')
  }
  return { callbacks, heard, until }
}

const isDone = (_, message) => message?.serverContent?.turnComplete || message?.toolCall
const isClosed = (name) => name === 'close'
const turn = (text, more) => ({ turns: [{ role: 'user', parts: [{ text }] }], ...more })

/** What an application does on a session that is open. */
const scenarios = {
  text: async (session, listeners) => {
    session.sendClientContent({ ...turn('CANARY-BEFORE'), turnComplete: false })
    session.sendClientContent(turn('CANARY-PROMPT'))
    await listeners.until(isDone)
  },
  speech: async (session, listeners) => {
    session.sendRealtimeInput({ audio: { data: 'CANARY-AUDIO', mimeType: 'audio/pcm' } })
    session.sendRealtimeInput({ audioStreamEnd: true })
    await listeners.until(isDone)
  },
  tools: async (session, listeners) => {
    session.sendClientContent(turn('tools'))
    await listeners.until(isDone)
    const response = { output: 'CANARY-TOOL-RESULT' }
    session.sendToolResponse({ functionResponses: [{ id: 'call_1', name: 'weather', response }] })
    await listeners.until((_, message) => message?.serverContent?.turnComplete)
  },
  interrupted: async (session, listeners) => {
    session.sendClientContent(turn('interrupted'))
    await listeners.until(isDone)
  },
  drop: async (session, listeners) => {
    session.sendClientContent(turn('drop'))
    await listeners.until(isClosed)
  },
  silent: async (session) => {
    session.sendClientContent(turn('silent'))
    try {
      session.sendToolResponse({})
    } catch (error) {
      return { thrown: error.message }
    }
    return undefined
  },
}

async function play(ai, name, scenario) {
  const listeners = listenersOf()
  const params = {
    model: `models/${name}`,
    callbacks: listeners.callbacks,
    config: { temperature: 0.5, systemInstruction: 'CANARY-SYSTEM', responseModalities: ['TEXT'] },
  }
  const before = inspect(params, { depth: 9 })
  try {
    const session = await ai.live.connect(Object.freeze(params))
    const shape = [inspect(session, { depth: 0 }), Object.keys(session), session.close.length]
    const result = await scenario?.(session, listeners)
    session.close()
    await listeners.until(isClosed)
    return { before, shape, result, heard: listeners.heard, name: session.sendClientContent.name }
  } catch (error) {
    return { before, thrown: [error.constructor.name, error.message], heard: listeners.heard }
  }
}

/** Plays all scenarios, one after the other, and prints what the application has seen. */
exports.run = async (GoogleGenAI, [, , baseUrl, refuses]) => {
  const ai = new GoogleGenAI({ apiKey: 'CANARY-API-KEY', httpOptions: { baseUrl } })
  const seen = {}
  const all = { ...scenarios, ...(refuses && { refused: undefined }) }
  for (const [name, scenario] of Object.entries(all)) {
    seen[name] = await tracer.startActiveSpan(`application ${name}`, async (span) => {
      const result = await play(ai, name, scenario)
      span.end()
      return result
    })
  }
  process.stdout.write(
    JSON.stringify(seen, undefined, 1).replaceAll(new URL(baseUrl).port, '<port>'),
  )
}
