/** What the adapters cannot tell of their clients, in paragraphs, by module. */
export const notes: Readonly<Record<string, readonly string[]>> = {
  openai: [
    'Streamed or not; also through `.parse()`, `.stream()`, `runTools`, `.withResponse()` and `.asResponse()`. Azure, and ' +
      'every server that speaks the protocol: the host tells the provider.',
    'Servers have words of their own for usage, and they are read: cache hits of DeepSeek, Together and Moonshot, reasoning that ' +
      'xAI and Gemini count outside of the completion, usage of Groq in `x_groq`, timings of llama.cpp where nobody asked ' +
      'for usage, usage so far in each chunk of vLLM. `reasoning_content` and `reasoning` are reasoning. What OpenRouter, ' +
      'Perplexity and xAI say that a call cost goes before any price list.',
    'Audio, images, videos, moderations, batches and files are plain operations: what some of them use is in tokens, which are ' +
      'not counted. Not `decisions`, and not the connections of `realtime` and `live`, which are no request with an answer.',
  ],
  '@anthropic-ai/sdk': [
    'Streamed or not, of the beta too; also through `.stream()`, `.parse()` and the tool runner, whose tools are spans. ' +
      'Versions 0.39 and later, and the clients for Bedrock, AWS, Vertex AI and Microsoft Foundry that are made of it.',
    'From 0.134 on the client traces itself. Its span of a call gives way to ours: one span, by the conventions, with metrics ' +
      'and events, and nothing of it goes to the provider.',
  ],
  '@google/genai': [
    'The Gemini API and Vertex AI; also through chats. Each request of automatic function calling and of automatic ' +
      'continuation is one span under the span around the call. Version 1 does not tell its retries apart.',
    'Of a live session its opening is a span, and so is each answer that is given on it, with the tokens of that turn; of ' +
      'speech only the transcription is content. Not `live.music`, and not `interactions`.',
  ],
  '@aws-sdk/client-bedrock-runtime': [
    'Converse, ConverseStream, InvokeModel, InvokeModelWithResponseStream and CountTokens. Bodies of ' +
      'InvokeModel are read in the words of Anthropic, Amazon, Meta, Mistral and Cohere, others as chat completions; those ' +
      'of more than 100 kB only where content is captured. Where a body counts no tokens, a stream still does. A model that is ' +
      'given as an ARN is told by its last part.',
    'The address of the server is told from the first request on: it is not known when the first call of a client begins. ' +
      'Not the bidirectional stream, guardrails alone, and invocations in the background; and not `send` with a callback ' +
      'in the place of a promise, whose end nobody sees.',
  ],
  '@huggingface/inference': [
    'The methods of `InferenceClient`, and the functions of the same names. The provider that a call is routed to tells ' +
      '`gen_ai.provider.name`; what is asked of the Hub first is no attempt. A stream makes its request when it is first read: its span ' +
      'begins then.',
    'Methods of an instance cannot be replaced: `instrument(client)` gives back an object in front of the client. Use that one; ' +
      'what its `endpoint()` returns is not instrumented.',
  ],
  '@mistralai/mistralai': [
    'Chats, agents, what fills in the middle, and conversations, streamed or not; also through `.parse()`. A call of an agent has ' +
      'no `gen_ai.request.model`: the answer tells the model. What connectors add to a conversation is input.',
    'Streams are read by iteration or by `getReader()`; of one that is piped or teed nobody sees the end. ' +
      'Not the functions of `funcs/`, and not `realtime`, whose connection is no request with an answer. ' +
      'Through `instrument(client)` the HTTP requests of a call are told apart where the client was given an `httpClient`.',
  ],
  'groq-sdk': ["Speaks OpenAI's protocol. A stream tells its usage unasked."],
  'together-ai': [
    "Speaks OpenAI's protocol; also through `.stream()`. A stream tells its usage unasked; embeddings tell none.",
  ],
  ollama: [
    'Streams are lines of JSON. Answers have no id, and a model on the machine has no price: `llmscope.cost.unpriced_calls` ' +
      'counts its calls, unless `LLMSCOPE_PRICES` has one.',
  ],
  '@huggingface/transformers': [
    'Pipelines that write text, make vectors, transcribe or speak, and `model.generate`, streamed or not. A call of a pipeline ' +
      'is one span, whatever it calls of its model. Tokens are those that the model is given and gives; padding is not ' +
      'counted. A model is named as it was loaded, a folder by its last part.',
    'What `model.generate` is given and gives is tokens: they are content only where a `TextStreamer` brings a tokenizer. What ' +
      'an `InterruptableStoppingCriteria` ends is told as cancelled. Models on the machine have no price: ' +
      '`llmscope.cost.unpriced_calls` counts their calls, unless `LLMSCOPE_PRICES` has one.',
    'Not the pipelines that classify, and not a model that is called by itself. `instrument(pipeline)` takes a pipeline; ' +
      'its model is then named by its configuration.',
  ],
  'node-llama-cpp': [
    'Chats, also through `LlamaChatSession`, completions, vectors and ranks. Each answer of a model is a span: one that calls a ' +
      'function ends with that, and the answer to its result is the next. Functions run in the context of the application.',
    'Tokens are those of the meter of the sequence, the last token of an answer included; what the sequence had in memory counts ' +
      'as cached. A model is named by its file. `llmscope.cost.unpriced_calls` counts calls, unless `LLMSCOPE_PRICES` has a price.',
    'Not structured decisions, and not `evaluate` of a sequence by itself. It is not bundled, so there is no need for ' +
      '`instrument()`, which takes chats, completions and contexts.',
  ],
}
