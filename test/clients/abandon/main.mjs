import { setTimeout as wait } from 'node:timers/promises'
import OpenAI from 'openai'

const [, , baseURL, waves, streamsPerWave] = process.argv
const client = new OpenAI({ apiKey: 'x', baseURL })
const request = { model: 'ordinary', messages: [], stream: true }

// What a wave opens must be out of reach when it returns: nothing may stay in its frame.
async function wave(size) {
  await Promise.all(Array.from({ length: size }, open))
}

async function open() {
  await client.chat.completions.create(request)
}

async function heapAfterCollection() {
  for (let round = 0; round < 8; round++) {
    await wait(20)
    globalThis.gc()
  }
  return process.memoryUsage().heapUsed
}

const heap = []
for (let index = 0; index < Number(waves); index++) {
  await wave(Number(streamsPerWave))
  heap.push(await heapAfterCollection())
}
process.stdout.write(JSON.stringify(heap))
