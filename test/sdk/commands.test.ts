import { expect, test } from 'vitest'
import { commands } from '../../sdk/src/cli/index.ts'
import { DATE } from '../../sdk/src/prices/table.ts'
import { type Ended, start } from './child.ts'

const run = (...args: string[]): Promise<Ended> => start(['sdk/src/cli/main.ts', ...args]).ended

test('without a command the program says which there are', async () => {
  const { code, stdout } = await run()
  expect(code).toBe(2)
  for (const { name, summary } of commands)
    expect(stdout).toMatch(new RegExp(`${name} +${summary}`))
  expect(await run('--help')).toMatchObject({ code: 0, stdout })
})

test.each(commands)(
  '$name tells what it is for, and refuses an option that it does not know',
  async ({ name, help }) => {
    expect(await run(name, '--help')).toMatchObject({ code: 0, stdout: help })
    expect(help.startsWith(`llmscope ${name}`)).toBe(true)
    const wrong = await run(name, '--no-such-option')
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('--no-such-option')
    expect(wrong.stderr).toContain(`llmscope ${name} --help`)
  },
)

test('a command that there is not is a wrong command line', async () => {
  expect(await run('price')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no command price'),
  })
})

test('prices shows a model with its source, its rule and the age of the table', async () => {
  const { code, stdout } = await run('prices', 'deepseek-v4-pro', '--provider', 'deepseek')
  expect(code).toBe(0)
  expect(stdout).toContain('deepseek-v4-pro, deepseek\n')
  expect(stdout).toMatch(
    new RegExp(`the table of ${DATE} \\(\\d+ days? old, from @pydantic/genai-prices `),
  )
  expect(stdout).toContain('for ^deepseek-v4-pro')
  expect(stdout).toMatch(/otherwise\n +input +0\.435\n +output +0\.87\n +cacheRead +0\.003625\n/)
  expect(stdout).toMatch(/from 2026-08-17.*\n +input +0\.66\n/)
  expect(stdout).toMatch(/from 01:00 to 04:00 UTC.*\n +input +1\.32\n/)
})

test('prices lists all models of a provider, and gives JSON', async () => {
  const list = await run('prices', '--provider', 'gcp.vertex_ai')
  expect(list.code).toBe(0)
  expect(list.stdout).toMatch(/gcp\.vertex_ai +gemini-2\.5-pro /)
  expect(list.stdout).not.toContain('openai')
  const { stdout } = await run('prices', 'gpt-5-mini', '--provider', 'openai', '--json')
  expect(JSON.parse(stdout)).toEqual({
    table: { date: DATE, source: expect.stringContaining('genai-prices') },
    models: [
      {
        provider: 'openai',
        model: 'gpt-5-mini',
        source: 'table',
        rule: expect.stringContaining('=gpt-5-mini'),
        periods: [{ now: true, prices: { input: 0.25, output: 2, cacheRead: 0.025 } }],
      },
    ],
  })
})

test('prices says of an unknown model what to do, with exit code 1', async () => {
  const { code, stderr } = await run('prices', 'mystery')
  expect(code).toBe(1)
  expect(stderr).toContain('no price is known of the model mystery')
  expect(stderr).toContain('LLMSCOPE_PRICES')
})
