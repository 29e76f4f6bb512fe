/** Pages in a real browser, as somebody looks at them. */
import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page, type ViewportSize } from 'playwright-core'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Why browser tests are skipped, for their name; empty where they run. */
export const missingBrowser = existsSync(executablePath)
  ? ''
  : ` (skipped: no browser at ${executablePath}; set CHROMIUM)`

export interface Looking {
  readonly colorScheme?: 'light' | 'dark'
  readonly hasScript?: boolean
  readonly viewport?: ViewportSize
}

export interface Noticed {
  /** What the page wrote to the console, and its errors. */
  readonly complaints: readonly string[]
  /** What it asked for, itself included. */
  readonly requests: readonly string[]
}

export interface Windows {
  /** Loads the page anew and resolves with what it did until `look` was done. */
  look(address: string, how: Looking, look: (page: Page) => Promise<void>): Promise<Noticed>
  close(): Promise<void>
}

/**
 * A browser with one window for pages whose script runs and one for those without, each opened when it is wanted: a new
 * one for every look would take more than a second of processor time.
 */
export async function openWindows({ offline }: { readonly offline: boolean }): Promise<Windows> {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  })
  const pages = new Map<boolean, Page>()
  const pageWith = async (hasScript: boolean): Promise<Page> => {
    const page = pages.get(hasScript) ?? (await newPage(browser, { offline, javaScriptEnabled: hasScript }))
    pages.set(hasScript, page)
    return page
  }
  return {
    async look(address, { colorScheme = 'light', hasScript = true, viewport = usual }, look) {
      const page = await pageWith(hasScript)
      const complaints: string[] = []
      const requests: string[] = []
      try {
        await page.setViewportSize(viewport)
        await page.emulateMedia({ colorScheme, media: null })
        page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
        page.on('pageerror', (error) => complaints.push(String(error)))
        page.on('request', (request) => requests.push(request.url()))
        await page.goto(address)
        await look(page)
      } finally {
        for (const event of ['console', 'pageerror', 'request'] as const) page.removeAllListeners(event)
        // Nothing of this page goes on while the next one is prepared.
        await page.goto('about:blank')
      }
      return { complaints, requests }
    },
    close: () => browser.close(),
  }
}

const usual: ViewportSize = { width: 1280, height: 720 }

async function newPage(browser: Browser, options: Parameters<Browser['newContext']>[0]): Promise<Page> {
  return (await browser.newContext(options)).newPage()
}
