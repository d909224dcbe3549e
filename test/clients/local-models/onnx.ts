import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { message } from './protobuf.ts'
import { randomFloats } from './random.ts'

/** ONNX: `onnx.proto` of github.com/onnx/onnx has the numbers of the fields. */
const FLOAT = 1
const INT64 = 7
const INTEGER_ATTRIBUTE = 2

const SPECIAL = ['[PAD]', '[UNK]', '[EOS]', '[USER]', '[ANSWER]']
const WORDS = 'the cat sat on a mat while it rained and nobody knew why CANARY'.split(' ')
const TOKENS = [
  ...SPECIAL,
  ...WORDS,
  ...Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => `##${letter}`),
]
const END = TOKENS.indexOf('[EOS]')

/** What transformers.js makes of one chat: the words of each message between special tokens. */
const TEMPLATE =
  "{% for message in messages %}[USER] {{ message['content'] }} [EOS]{% endfor %}" +
  '{% if add_generation_prompt %}[ANSWER]{% endif %}'

/**
 * Writes models of random weights into folders below `folder`, as transformers.js finds them: `writer` goes on
 * with text, `encoder` makes vectors of 8 numbers.
 */
export async function writeOnnxModels(folder: string): Promise<void> {
  const logits = randomFloats(TOKENS.length ** 2)
  for (let row = 0; row < TOKENS.length; row += 1) {
    // only `knew why` comes to an end
    for (const rare of [...SPECIAL, 'why']) logits[row * TOKENS.length + TOKENS.indexOf(rare)] = -9
  }
  logits[TOKENS.indexOf('knew') * TOKENS.length + TOKENS.indexOf('why')] = 9
  logits[TOKENS.indexOf('why') * TOKENS.length + END] = 9
  await writeModel(join(folder, 'writer'), 'gpt2', 'logits', TOKENS.length, logits)
  await writeModel(
    join(folder, 'encoder'),
    'bert',
    'last_hidden_state',
    8,
    randomFloats(TOKENS.length * 8),
  )
}

async function writeModel(
  folder: string,
  type: string,
  output: string,
  width: number,
  weights: Float32Array,
): Promise<void> {
  await mkdir(join(folder, 'onnx'), { recursive: true })
  const files = {
    ...tokenizer,
    'config.json': { model_type: type, ...SHAPE },
    'generation_config.json': { eos_token_id: END },
  }
  await Promise.all([
    writeFile(join(folder, 'onnx/model.onnx'), lookUp(output, width, weights, type === 'gpt2')),
    ...Object.entries(files).map(([name, json]) =>
      writeFile(join(folder, name), JSON.stringify(json)),
    ),
  ])
}

const SHAPE = {
  vocab_size: TOKENS.length,
  n_layer: 1,
  n_head: 1,
  n_embd: 1,
  eos_token_id: END,
  pad_token_id: 0,
}

const tokenizer = {
  'tokenizer_config.json': {
    tokenizer_class: 'PreTrainedTokenizerFast',
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    eos_token: '[EOS]',
    model_max_length: 512,
    chat_template: TEMPLATE,
  },
  'tokenizer.json': {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: false },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(TOKENS.map((token, id) => [token, id])),
    },
  },
}

/** A model that gives each token its row of the weights. One that writes keeps what it has seen, as all of them do. */
function lookUp(
  output: string,
  width: number,
  weights: Float32Array,
  isWriter: boolean,
): Uint8Array {
  const ids = tensor('input_ids', INT64, ['batch', 'sequence'])
  const rows = tensor(output, FLOAT, ['batch', 'sequence', width])
  const gather = message({ 1: ['weights', 'input_ids'], 2: output, 4: 'Gather' })
  const table = message({
    1: [weights.length / width, width],
    2: FLOAT,
    8: 'weights',
    9: new Uint8Array(weights.buffer),
  })
  const graph = message({
    1: [gather, ...(isWriter ? remember : [])],
    2: 'graph',
    5: [table, ...(isWriter ? [cell] : [])],
    11: [ids, ...(isWriter ? KEPT.map((name) => cache(`past_key_values.0.${name}`)) : [])],
    12: [rows, ...(isWriter ? KEPT.map((name) => cache(`present.0.${name}`)) : [])],
  })
  return message({ 1: 8, 7: graph, 8: message({ 1: '', 2: 17 }) })
}

const KEPT = ['key', 'value']

const integer = (name: string, value: number): Uint8Array =>
  message({ 1: name, 3: value, 20: INTEGER_ATTRIBUTE })

/** The shape of a token in the cache: batch, head, token, number. */
const cell = message({ 1: 4, 2: INT64, 8: 'cell', 9: int64s([0, 1, -1, 1]) })

const remember: readonly Uint8Array[] = [
  message({ 1: 'input_ids', 2: 'numbers', 4: 'Cast', 5: integer('to', FLOAT) }),
  message({ 1: ['numbers', 'cell'], 2: 'cells', 4: 'Reshape' }),
  ...KEPT.map((name) =>
    message({
      1: [`past_key_values.0.${name}`, 'cells'],
      2: `present.0.${name}`,
      4: 'Concat',
      5: integer('axis', 2),
    }),
  ),
]

function int64s(values: readonly number[]): Uint8Array {
  return new Uint8Array(BigInt64Array.from(values, BigInt).buffer)
}

const cache = (name: string): Uint8Array => tensor(name, FLOAT, ['batch', 1, name, 1])

function tensor(name: string, type: number, dimensions: readonly (string | number)[]): Uint8Array {
  const shape = message({
    1: dimensions.map((size) => message(typeof size === 'number' ? { 1: size } : { 2: size })),
  })
  return message({ 1: name, 2: message({ 1: message({ 1: type, 2: shape }) }) })
}
