/** The page in a real browser, over telemetry that arrives while it is open. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { barriers, chromiumPath, launch, open } from './browser.ts'
import { call, resource, sendShop } from './shop.ts'
import { startViewerProcess, type ViewerProcess } from './viewer-process.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const HOSTILE =
  '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>'

const PATIENT = { timeout: 30_000 }

const MESSAGES = {
  'gen_ai.request.model': 'small',
  'gen_ai.usage.input_tokens': 100,
  'gen_ai.usage.cache_read.input_tokens': 60,
  'gen_ai.usage.output_tokens': 10,
  'gen_ai.response.time_to_first_chunk': 0.02,
  'gen_ai.input.messages': JSON.stringify([
    { role: 'user', parts: [{ type: 'text', content: HOSTILE }] },
    {
      role: 'assistant',
      parts: [{ type: 'tool_call', id: 'a', name: 'price', arguments: { of: 'ticket' } }],
    },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'a', response: { euros: 12 } }] },
  ]),
  'gen_ai.output.messages': JSON.stringify([
    { role: 'assistant', parts: [{ type: 'text', content: 'It is 12.' }], finish_reason: 'stop' },
  ]),
}

const traces = (spans: readonly object[]): object => ({
  resourceSpans: [{ resource, scopeSpans: [{ spans }] }],
})

/** More spans than a document should hold. */
function large(): object[] {
  const root = call('9', 0, {})
  const children = Array.from({ length: 10_000 }, (_each, index) =>
    Object.assign(call('9', 1, {}), {
      name: `child ${index}`,
      spanId: (index + 1).toString(16).padStart(16, 'f'),
    }),
  )
  return [root, ...children]
}

describe.skipIf(chromiumPath === undefined)('in Chromium', () => {
  let browser: Browser
  let viewer: ViewerProcess
  beforeAll(async () => {
    ;[browser, viewer] = await Promise.all([launch(), startViewerProcess()])
  })
  afterAll(async () => {
    await browser.close()
    await viewer.stop()
  })

  test('an empty viewer says where to send, and shows what arrives without being asked', async () => {
    const { page, faults } = await open(browser, viewer.page)
    await page.goto('/')
    await page.getByText(`Send OTLP to ${viewer.otlp}`).waitFor()
    expect(await barriers(page)).toEqual([])
    await sendShop(viewer)
    await expect.poll(() => page.locator('.traces tbody tr').count(), PATIENT).toBe(2)
    expect(await page.locator('.traces tbody tr.failed').count()).toBe(1)
    expect(faults).toEqual([])
  })

  test('a filter keeps what is like that, and is part of the address', async () => {
    const { page, faults } = await open(browser, viewer.page)
    await page.goto('/traces')
    await page.getByLabel('With errors').check()
    await expect.poll(() => page.locator('.traces tbody tr').count(), PATIENT).toBe(1)
    expect(page.url()).toBe(`${viewer.page}/traces?errors=true`)
    await page.getByLabel('With errors').uncheck()
    await page.getByLabel('Text').fill('price ticket')
    await page.getByLabel('Text').press('Enter')
    await expect.poll(() => page.url(), PATIENT).toContain('text=price+ticket')
    await page.goto('/traces?text=nowhere')
    await page.getByText('No trace is like that.').waitFor()
    expect(faults).toEqual([])
  })

  test('a call is shown with what was said, and what was said is text', async () => {
    await viewer.send('traces', traces([call('3', 0, {}), call('3', 1, MESSAGES)]))
    const { page, faults } = await open(browser, viewer.page)
    await page.goto('/traces')
    const link = page.locator(`.traces a[href="/traces/${'3'.repeat(32)}"]`)
    await link.click()
    await page.getByRole('treeitem', { name: 'chat small' }).click()
    const panel = page.getByRole('region', { name: 'Span' })
    await panel.getByText(HOSTILE, { exact: true }).waitFor()
    expect(await page.title()).toBe('llmscope')
    expect(await panel.locator('.conversation > li').count()).toBe(4)
    expect(await panel.getByText('Calls price').count()).toBe(1)
    expect(await panel.locator('dl').innerText()).toMatch(/Input\s+100\s+of it from cache\s+60/)
    expect(await page.locator('.first-chunk').count()).toBe(1)
    await page.goBack()
    await link.waitFor()
    expect(faults).toEqual([])
  })

  test('spans are walked by keys, and folded', async () => {
    const { page } = await open(browser, viewer.page)
    await page.goto(`/traces/${'1'.repeat(32)}`)
    await page.getByRole('tree').focus()
    const chosen = page.locator('[aria-selected="true"]')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => chosen.getAttribute('aria-level'), PATIENT).toBe('2')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => page.getByRole('treeitem').count(), PATIENT).toBe(1)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => page.getByRole('treeitem').count(), PATIENT).toBe(3)
  })

  test('of 10,000 spans those in sight are in the document', async () => {
    await viewer.send('traces', traces(large()))
    const { page, faults } = await open(browser, viewer.page)
    await page.goto(`/traces/${'9'.repeat(32)}`)
    await page.getByRole('treeitem', { name: 'child 0' }).waitFor()
    expect(await page.getByRole('treeitem').count()).toBeLessThan(120)
    await page.locator('.waterfall').hover()
    await page.mouse.wheel(0, 28 * 10_000)
    await page.getByRole('treeitem', { name: 'child 9999' }).waitFor()
    expect(faults).toEqual([])
  })

  test.each([
    { path: '/traces', ready: '.traces tbody tr' },
    { path: `/traces/${'1'.repeat(32)}`, ready: '.span-row' },
    { path: '/overview', ready: 'main h1' },
    { path: '/training', ready: 'main h1' },
    { path: '/explore?name=shop.wait&minutes=10080', ready: 'main h1' },
    { path: '/hosts', ready: 'main h1' },
    { path: '/sessions', ready: 'main tbody tr' },
    { path: '/sessions?id=talk', ready: '.conversation li' },
    { path: '/logs', ready: 'main tbody tr' },
  ])('$path can be used by everybody, in both themes and on a telephone', async (view) => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, faults } = await open(browser, viewer.page, { theme, width: 320 })
      await page.goto(view.path)
      await page.locator(view.ready).first().waitFor()
      expect(await barriers(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
      expect(faults).toEqual([])
    }
  })

  test('calls of models are counted over the time that was asked for', async () => {
    const now = BigInt(Date.now()) * 1_000_000n
    const times = {
      startTimeUnixNano: String(now - 2_000_000_000n),
      endTimeUnixNano: String(now - 1_000_000_000n),
    }
    const recent = [call('7', 0, {}), call('7', 1, MESSAGES)].map((span) =>
      Object.assign(span, times),
    )
    await viewer.send('traces', traces(recent))
    const { page, faults } = await open(browser, viewer.page)
    await page.goto('/overview?minutes=15')
    await page.getByRole('row', { name: /small/ }).waitFor()
    expect(await page.getByRole('row', { name: /small/ }).innerText()).toMatch(/\b1\b.*100 → 10/s)
    expect(await page.locator('.chart canvas').count()).toBe(4)
    expect(faults).toEqual([])
  })
})
