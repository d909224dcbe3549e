import { InferenceClient } from '@huggingface/inference'

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
const choices = [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }]
const groq = { status: 'live', providerId: 'llama-3.3-70b-versatile', task: 'conversational' }

/** The tokens of Text Generation Inference, and what ends them. */
const tokens = [
  { index: 1, token: { id: 1, text: 'Hel', logprob: -0.1, special: false }, generated_text: null },
  { index: 2, token: { id: 2, text: 'lo', logprob: -0.1, special: false }, generated_text: null },
  {
    index: 3,
    token: { id: 3, text: '</s>', logprob: -0.1, special: true },
    generated_text: 'Hello',
    details: { finish_reason: 'eos_token', generated_tokens: 3, input_length: 7, seed: null },
  },
]

/** What the Hub, a provider, and an endpoint of one's own answer. */
async function answer(url) {
  if (url.startsWith('https://huggingface.co/')) {
    return Response.json({ inferenceProviderMapping: { groq } })
  }
  if (url.includes('/chat/')) {
    return Response.json({ id: 'x', created: 0, model: 'answered', choices, usage })
  }
  const lines = tokens.map((token) => `data:${JSON.stringify(token)}\n\n`)
  return new Response(lines.join(''), { headers: { 'content-type': 'text/event-stream' } })
}

const options = { fetch: answer }
const chat = { model: 'meta-llama/Llama-3.3-70B-Instruct', messages: [] }
const routed = new InferenceClient('hf_key')
await routed.chatCompletion({ ...chat, provider: 'groq' }, options)
await routed.chatCompletion(chat, options)
await new InferenceClient('gsk_key').chatCompletion({ ...chat, provider: 'groq' }, options)
const own = new InferenceClient('', { endpointUrl: 'http://models.internal:8080' })
await Array.fromAsync(own.textGenerationStream({ model: 'tgi', inputs: 'Hello' }, options))
