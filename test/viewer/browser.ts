import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** A Chromium of this machine; undefined where it has none. */
export const chromiumPath: string | undefined = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  .find((path) => existsSync(path))

export type Theme = 'light' | 'dark'

/** A page of a browser, and what went wrong in it. */
export interface Opened {
  readonly page: Page
  /** Errors of scripts and of the console, and requests to other machines. */
  readonly faults: readonly string[]
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
}

/** Opens a window on the viewer at `origin`. */
export async function open(
  browser: Browser,
  origin: string,
  { theme = 'light', width = 1280 }: { readonly theme?: Theme; readonly width?: number } = {},
): Promise<Opened> {
  const context = await browser.newContext({
    baseURL: origin,
    colorScheme: theme,
    viewport: { width, height: 800 },
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(origin) && !url.startsWith('data:')) faults.push(`asks ${url}`)
  })
  return { page, faults }
}

interface Violation {
  readonly id: string
  readonly nodes: ReadonlyArray<{ readonly html: string }>
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What hinders people who use the page with a reader, a keyboard or weak eyes. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axe, 'utf8'))
  const { violations } = await page.evaluate<{ violations: Violation[] }>('axe.run()')
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`)
}
