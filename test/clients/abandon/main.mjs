import { setTimeout as wait } from 'node:timers/promises'
import clients from '../processes/clients.cjs'

const [, , name, baseURL, waves, streamsPerWave] = process.argv
const { module, open: openClient, create } = clients[name]
const client = openClient(await import(module), { apiKey: 'x', baseURL })

// What a wave opens must be out of reach when it returns: nothing may stay in its frame.
async function wave(size) {
  await Promise.all(Array.from({ length: size }, open))
}

async function open() {
  await create(client, 'ordinary', { stream: true })
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
