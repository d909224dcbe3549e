/** Small programs in the place of the backends, for what needs no real ones. */
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Has every service that others call listen on any free port. */
export const anyPort: NodeJS.ProcessEnv = {
  LLMSCOPE_OTLP_HTTP_PORT: '0',
  LLMSCOPE_OTLP_GRPC_PORT: '0',
  LLMSCOPE_JAEGER_PORT: '0',
  LLMSCOPE_PROMETHEUS_PORT: '0',
  LLMSCOPE_ALERTMANAGER_PORT: '0',
}

/** Has `file` run in the place of every service. */
export function everyBinary(file: string): NodeJS.ProcessEnv {
  return {
    LLMSCOPE_OTELCOL_BIN: file,
    LLMSCOPE_JAEGER_BIN: file,
    LLMSCOPE_PROMETHEUS_BIN: file,
    LLMSCOPE_ALERTMANAGER_BIN: file,
  }
}

/** Answers where any of the services is asked for its health; fails when it is told to. */
export async function healthyProgram(folder: string): Promise<string> {
  const server = join(folder, 'server.mjs')
  await writeFile(
    server,
    `import { createServer } from 'node:http'
const [, , , ...args] = process.argv
const { LLMSCOPE_HEALTH_ENDPOINT, LLMSCOPE_JAEGER_HEALTH_ENDPOINT } = process.env
const listen = args.find((arg) => arg.startsWith('--web.listen-address='))?.split('=')[1]
const health = args[0].includes('jaeger.yaml') ? LLMSCOPE_JAEGER_HEALTH_ENDPOINT : LLMSCOPE_HEALTH_ENDPOINT
const [host, port] = (listen ?? health).split(':')
createServer(({ url }, response) => {
  if (url === '/fail') {
    process.stderr.write('out of disk')
    process.exit(3)
  }
  response.end()
}).listen(Number(port), host)
`,
  )
  return script(
    folder,
    `echo $$ >> ${pidsOf(folder)}`,
    `exec ${process.execPath} ${server} -- "$@"`,
  )
}

/** Starts, and never gets healthy. */
export async function unhealthyProgram(folder: string): Promise<string> {
  return script(folder, `echo $$ >> ${pidsOf(folder)}`, 'exec sleep 60')
}

export async function script(folder: string, ...lines: string[]): Promise<string> {
  const file = join(folder, 'program')
  await writeFile(file, ['#!/bin/sh', ...lines, ''].join('\n'))
  await chmod(file, 0o755)
  return file
}

/** The file in which the programs of `folder` write their process ids. */
export function pidsOf(folder: string): string {
  return join(folder, 'pids')
}

/** The ids of the programs of `folder` that were started. */
export async function started(folder: string): Promise<number[]> {
  const text = await readFile(pidsOf(folder), 'utf8').catch(() => '')
  return text.split('\n').filter(Boolean).map(Number)
}

/** Those that still run. */
export async function running(folder: string): Promise<number[]> {
  return (await started(folder)).filter((pid) => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  })
}
