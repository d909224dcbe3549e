import { Absent } from '../absent.ts'
import type { Collect, Happening, Sample } from '../collector.ts'
import { collectors } from '../collectors/index.ts'
import { createHost } from '../host.ts'
import type { Answer, Message, Question } from './messages.ts'

// The process that alone calls drivers. It reads what it is asked to, and ends with who asks.

const [, , root = '/'] = process.argv
const { signal } = new AbortController()
const open = new Map<string, Collect>()

function send(message: Message, then?: () => void): void {
  // A parent that has just gone is no fault of ours.
  process.send?.(message, undefined, {}, () => then?.())
}

const host = createHost(root, {
  doing: (doing) => send({ doing }),
  note: (note) => send({ note }),
})

async function read(name: string): Promise<Answer> {
  const told: (Sample | Happening)[] = []
  try {
    const collect = open.get(name) ?? collectors.find((each) => each.name === name)?.open(host)
    if (!collect) throw new Error(`there is no collector ${name}`)
    open.set(name, collect)
    for await (const each of collect(signal)) told.push(each)
    return { collector: name, told }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { collector: name, told, [error instanceof Absent ? 'absent' : 'failed']: reason }
  }
}

process.on('disconnect', () => process.exit())
process.on('message', ({ collector }: Question) => {
  void read(collector).then((answer) => {
    const ends = answer.absent !== undefined || answer.failed !== undefined
    // A driver that failed is loaded anew, in a new process: this one keeps the old library.
    send(answer, ends ? () => process.exit() : undefined)
  })
})
