/** A page in a real browser, from file://, with the network cut. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Why browser tests are skipped, for their name; empty where they run. */
export const missingBrowser = existsSync(executablePath)
  ? ''
  : ` (skipped: no browser at ${executablePath}; set CHROMIUM)`

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  })
}

/** Opens the file, and fails afterwards if it asked for anything or complained about anything. */
export async function openedFromFile(
  { browser, address }: { readonly browser: Browser; readonly address: string },
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ offline: true, ...options })
  const complaints: string[] = []
  const requests: string[] = []
  try {
    const page = await context.newPage()
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(address)
    await look(page)
  } finally {
    await context.close()
  }
  expect(complaints).toEqual([])
  expect(requests.filter((url) => url !== address && !url.startsWith('data:') && !url.startsWith('blob:'))).toEqual([])
}
