import { writeFile } from 'node:fs/promises'
import { randomFloats } from './random.ts'

/** GGUF: `docs/gguf.md` of github.com/ggml-org/ggml has its numbers and names. */
const VERSION = 3
const ALIGNMENT = 32
const FLOAT = 0
const TYPES = { uint32: 4, int32: 5, float32: 6, boolean: 7, string: 8 } as const
const ARRAY = 9

type Type = keyof typeof TYPES
type Plain = number | string | boolean
type Metadata = Readonly<Record<string, readonly [type: Type, value: Plain | readonly Plain[]]>>

const WIDTH = 32
const HEADS = 2
const FORWARD = 64
const CONTEXT = 4096

/** Kinds of tokens: a word, what is not known, what controls, a byte. */
const [WORD, UNKNOWN, CONTROL, BYTE] = [1, 2, 3, 6]
const CONTROLS = ['<unk>', '<s>', '</s>']
const BYTES = Array.from({ length: 256 }, (_, byte) => `<0x${hex(byte)}>`)
/** A blank is its own token; all else is bytes. */
const WORDS = ['\u2581', '\u2581the', '\u2581cat', '\u2581sat', 'nobody', 'mat']
const TOKENS = [...CONTROLS, ...BYTES, ...WORDS]

const metadata: Metadata = {
  'general.architecture': ['string', 'qwen3'],
  'general.name': ['string', 'random'],
  'general.file_type': ['uint32', 0],
  'qwen3.context_length': ['uint32', CONTEXT],
  'qwen3.embedding_length': ['uint32', WIDTH],
  'qwen3.block_count': ['uint32', 1],
  'qwen3.feed_forward_length': ['uint32', FORWARD],
  'qwen3.attention.head_count': ['uint32', HEADS],
  'qwen3.attention.head_count_kv': ['uint32', HEADS],
  'qwen3.attention.layer_norm_rms_epsilon': ['float32', 1e-5],
  'qwen3.attention.key_length': ['uint32', WIDTH / HEADS],
  'qwen3.attention.value_length': ['uint32', WIDTH / HEADS],
  'qwen3.rope.dimension_count': ['uint32', WIDTH / HEADS],
  'qwen3.vocab_size': ['uint32', TOKENS.length],
  'tokenizer.ggml.model': ['string', 'llama'],
  'tokenizer.ggml.tokens': ['string', TOKENS],
  'tokenizer.ggml.scores': ['float32', TOKENS.map((_, index) => -index)],
  'tokenizer.ggml.token_type': ['int32', TOKENS.map(kindOf)],
  'tokenizer.ggml.unknown_token_id': ['uint32', 0],
  'tokenizer.ggml.bos_token_id': ['uint32', 1],
  'tokenizer.ggml.eos_token_id': ['uint32', 2],
}

/** Sizes from the innermost on. */
const tensors: Readonly<Record<string, readonly number[]>> = {
  'token_embd.weight': [WIDTH, TOKENS.length],
  'blk.0.attn_norm.weight': [WIDTH],
  'blk.0.attn_q.weight': [WIDTH, WIDTH],
  'blk.0.attn_k.weight': [WIDTH, WIDTH],
  'blk.0.attn_v.weight': [WIDTH, WIDTH],
  'blk.0.attn_q_norm.weight': [WIDTH / HEADS],
  'blk.0.attn_k_norm.weight': [WIDTH / HEADS],
  'blk.0.attn_output.weight': [WIDTH, WIDTH],
  'blk.0.ffn_norm.weight': [WIDTH],
  'blk.0.ffn_gate.weight': [WIDTH, FORWARD],
  'blk.0.ffn_up.weight': [WIDTH, FORWARD],
  'blk.0.ffn_down.weight': [FORWARD, WIDTH],
  'output_norm.weight': [WIDTH],
  'output.weight': [WIDTH, TOKENS.length],
  // by which a model ranks
  'cls.output.weight': [WIDTH, 1],
}

/** Writes a model of random weights as llama.cpp reads it: one layer of Llama's. */
export async function writeGguf(file: string): Promise<void> {
  let offset = 0
  const entries = Object.entries(tensors).map(([name, sizes]) => {
    const numbers = randomFloats(sizes.reduce((product, size) => product * size))
    // what has no words is never said
    if (name === 'output.weight') numbers.fill(0, 0, WIDTH * (TOKENS.length - WORDS.length))
    const data = padded(new Uint8Array(numbers.buffer))
    const info = Buffer.concat([
      text(name),
      uint32(sizes.length),
      ...sizes.map(uint64),
      uint32(FLOAT),
      uint64(offset),
    ])
    offset += data.length
    return { info, data }
  })
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(VERSION),
    uint64(entries.length),
    uint64(Object.keys(metadata).length),
    ...Object.entries(metadata).map(([name, entry]) => Buffer.concat([text(name), valueOf(entry)])),
    ...entries.map(({ info }) => info),
  ])
  await writeFile(file, Buffer.concat([padded(header), ...entries.map(({ data }) => data)]))
}

function kindOf(token: string): number {
  if (CONTROLS.includes(token)) return token === '<unk>' ? UNKNOWN : CONTROL
  return BYTES.includes(token) ? BYTE : WORD
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0')
}

function valueOf([type, value]: Metadata[string]): Uint8Array {
  if (!Array.isArray(value))
    return Buffer.concat([uint32(TYPES[type]), plain(type, value as Plain)])
  const values = (value as readonly Plain[]).map((one) => plain(type, one))
  return Buffer.concat([uint32(ARRAY), uint32(TYPES[type]), uint64(values.length), ...values])
}

function plain(type: Type, value: Plain): Uint8Array {
  if (type === 'string') return text(String(value))
  if (type === 'boolean') return Uint8Array.of(Number(value))
  const bytes = Buffer.alloc(4)
  if (type === 'float32') bytes.writeFloatLE(Number(value))
  else bytes.writeInt32LE(Number(value))
  return bytes
}

function text(value: string): Uint8Array {
  const bytes = Buffer.from(value)
  return Buffer.concat([uint64(bytes.length), bytes])
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function uint64(value: number): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

const padded = (bytes: Uint8Array): Uint8Array =>
  Buffer.concat([bytes, Buffer.alloc((ALIGNMENT - (bytes.length % ALIGNMENT)) % ALIGNMENT)])
