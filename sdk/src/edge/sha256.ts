const encoder = new TextEncoder()

const BLOCK = 64
const ROUNDS = 64

/** The first bits of the fractions of the roots of the first primes. */
const primes = Array.from({ length: 312 }, (_, index) => index).filter(isPrime)
const START = primes.slice(0, 8).map((prime) => bitsOf(Math.sqrt(prime)))
const CONSTANTS = Uint32Array.from(primes.slice(0, ROUNDS), (prime) => bitsOf(Math.cbrt(prime)))

/** SHA-256 (FIPS 180-4), which the runtime has only where a promise can be waited for. */
export function sha256(data: string | Uint8Array): string {
  const blocks = padded(typeof data === 'string' ? encoder.encode(data) : data)
  const words = new DataView(blocks.buffer)
  const hash = Uint32Array.from(START)
  const schedule = new Uint32Array(ROUNDS)
  for (let offset = 0; offset < blocks.length; offset += BLOCK)
    digest(words, offset, schedule, hash)
  return Array.from(hash, (word) => word.toString(16).padStart(8, '0')).join('')
}

/** The data, a bit that is set, zeros, and its length in bits. */
function padded(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = new Uint8Array(Math.ceil((data.length + 9) / BLOCK) * BLOCK)
  blocks.set(data)
  blocks[data.length] = 0x80
  const view = new DataView(blocks.buffer)
  view.setUint32(blocks.length - 8, Math.floor(data.length / 2 ** 29))
  view.setUint32(blocks.length - 4, data.length << 3)
  return blocks
}

function digest(words: DataView, offset: number, w: Uint32Array, hash: Uint32Array): void {
  const at = (index: number): number => w[index] ?? 0
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round < 16) w[round] = words.getUint32(offset + round * 4)
    else {
      const early = at(round - 15)
      const late = at(round - 2)
      const s0 = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)
      const s1 = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10)
      w[round] = at(round - 16) + s0 + at(round - 7) + s1
    }
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash
  for (let round = 0; round < ROUNDS; round += 1) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
    const one = (h + s1 + ((e & f) ^ (~e & g)) + (CONSTANTS[round] ?? 0) + at(round)) | 0
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g]
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) {
    hash[index] = (hash[index] ?? 0) + word
  }
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits))
}

function isPrime(number: number): boolean {
  if (number < 2) return false
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) {
    if (number % divisor === 0) return false
  }
  return true
}

function bitsOf(root: number): number {
  return Math.floor((root % 1) * 2 ** 32)
}
