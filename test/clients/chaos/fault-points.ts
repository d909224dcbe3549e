import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MagicString } from 'magic-string'
import { type Plugin, rolldown } from 'rolldown'
import { parseAst } from 'rolldown/parseAst'
import { type ESTree, Visitor } from 'rolldown/utils'

/** A place in the SDK's sources at which a fault can be thrown: just before a call. */
export interface FaultPoint {
  /** `file:line callee`. */
  readonly place: string
  /** The code around it catches what is thrown, in an own `try`. */
  readonly isCaught: boolean
}

/** The SDK as one CommonJS file that calls `chaos(number)` before every call in it, and what the numbers mean. */
export interface FaultyProgram {
  readonly code: string
  readonly points: readonly FaultPoint[]
}

const SOURCES = fileURLToPath(new URL('../../../sdk/src/', import.meta.url))
const ENTRY = 'entry'

/** Whether a call gets no fault point, by what it calls, and its file and the functions around it. */
export type Spared = (callee: string, place: string) => boolean

/** Bundles modules of the SDK with a fault point before every call expression in them that is not spared. */
export async function withFaultPoints(
  modules: readonly string[],
  spared: Spared,
): Promise<FaultyProgram> {
  const points: FaultPoint[] = []
  const plugin: Plugin = {
    name: 'fault-points',
    resolveId: (id) => (id === ENTRY ? ENTRY : undefined),
    load: (id) =>
      id === ENTRY
        ? modules.map((module) => `export * from '${join(SOURCES, module)}'`).join('\n')
        : undefined,
    transform: (code, id) =>
      id.startsWith(SOURCES)
        ? insertPoints(code, id.slice(SOURCES.length), spared, points)
        : undefined,
  }
  const bundle = await rolldown({
    input: ENTRY,
    platform: 'node',
    resolve: { conditionNames: ['@llmscope/source', 'node', 'import', 'default'] },
    // where no address of a module is known, that of the file is taken
    transform: { define: { 'import.meta': '{}' } },
    external: [/^node:/, /^@opentelemetry\//, 'require-in-the-middle'],
    plugins: [plugin],
  })
  const { output } = await bundle.generate({ format: 'cjs', codeSplitting: false })
  return { code: output[0].code, points }
}

type Call = ESTree.CallExpression | ESTree.NewExpression

function insertPoints(code: string, file: string, spared: Spared, points: FaultPoint[]): string {
  const made = new MagicString(code)
  const inChains = new Map<ESTree.Node, ESTree.ChainExpression>()
  // for every function around, how many `try` blocks are around within it
  const tries = [0]
  const names = [file]

  const add = (call: Call): void => {
    const callee = code.slice(call.callee.start, call.callee.end)
    if (spared(callee, names.join(' '))) return
    const around = inChains.get(call) ?? call
    made.appendLeft(around.start, `(chaos(${points.length}), `)
    made.appendLeft(around.end, ')')
    points.push({
      place: `${file}:${lineOf(code, call.start)} ${callee.replaceAll(/\s+/g, ' ').slice(-60)}`,
      isCaught: (tries.at(-1) ?? 0) > 0,
    })
  }
  const enterFunction = (): void => void tries.push(0)
  const leaveFunction = (): void => void tries.pop()

  new Visitor({
    ArrowFunctionExpression: enterFunction,
    'ArrowFunctionExpression:exit': leaveFunction,
    FunctionExpression: enterFunction,
    'FunctionExpression:exit': leaveFunction,
    FunctionDeclaration: ({ id }) => {
      names.push(id?.name ?? '')
      enterFunction()
    },
    'FunctionDeclaration:exit': () => {
      names.pop()
      leaveFunction()
    },
    BlockStatement: (node) => void (caught.has(node) && tries.push((tries.pop() ?? 0) + 1)),
    'BlockStatement:exit': (node) => void (caught.has(node) && tries.push((tries.pop() ?? 0) - 1)),
    TryStatement: ({ block, handler }) => void (handler && caught.add(block)),
    // a statement that begins with a bracket would go on with the line before
    ExpressionStatement: ({ start }) => void made.appendLeft(start, '0, '),
    ChainExpression: (chain) => {
      for (const link of linksOf(chain)) inChains.set(link, chain)
    },
    CallExpression: add,
    NewExpression: add,
  }).visit(parseAst(code, { lang: 'ts' }))
  return made.toString()
}

const caught = new WeakSet<ESTree.Node>()

/** The calls of a chain such as `a?.b().c()`, which ends as a whole where one part is missing. */
function linksOf({ expression }: ESTree.ChainExpression): ESTree.Node[] {
  const links: ESTree.Node[] = []
  let link: ESTree.Node = expression
  for (;;) {
    links.push(link)
    if (link.type === 'CallExpression') link = link.callee
    else if (link.type === 'MemberExpression') link = link.object
    else return links
  }
}

function lineOf(code: string, offset: number): number {
  return code.slice(0, offset).split('\n').length
}
