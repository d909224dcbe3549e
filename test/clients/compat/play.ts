import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Newest } from './newest.ts'

/** What came of the contract over one client. */
export interface Outcome {
  readonly client: string
  readonly passed: number
  readonly failed: readonly string[]
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[]
      readonly title: string
      readonly status: string
    }[]
  }[]
}

const ROOT = join(import.meta.dirname, '../../..')

/** Plays the contract test with these versions in the place of those that are pinned. */
export async function play(all: readonly Newest[], folder: string): Promise<Outcome[]> {
  const outputFile = join(folder, 'report.json')
  const folders = Object.fromEntries(all.map(({ contract, folder: at }) => [contract.client, at]))
  const options = ['--config', 'test/vitest.config.ts', '--project', 'clients']
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${outputFile}`]
  const args = ['run', ...options, ...reporters, 'test/clients/parity.test.ts']
  const child = spawn(join(ROOT, 'node_modules/.bin/vitest'), args, {
    cwd: ROOT,
    env: { ...process.env, COMPAT: JSON.stringify(folders) },
    // the table alone is what the script prints
    stdio: ['ignore', 2, 'inherit'],
  })
  await once(child, 'close')
  const { testResults } = JSON.parse(await readFile(outputFile, 'utf8')) as Report
  const results = testResults.flatMap(({ assertionResults }) => assertionResults)
  return all.map(({ contract }) => {
    const own = results.filter(({ ancestorTitles }) => ancestorTitles[0] === contract.client)
    const passed = own.filter(({ status }) => status === 'passed').length
    const failed = own
      .filter(({ status }) => status === 'failed')
      .map(({ ancestorTitles, title }) => [...ancestorTitles.slice(1), title].join(': '))
    const isPlayed = passed + failed.length > 0
    return { client: contract.client, passed, failed: isPlayed ? failed : ['no test was run'] }
  })
}
