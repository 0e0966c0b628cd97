import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import type { LocalInfo } from '#infra/local/local-pages/info.ts'
import { findChromium } from './chromium.ts'
import { SITE_VARIABLE } from './site.ts'

interface Visits {
  /** Errors that a test means to cause, e.g. the 409 of a sold-out order, which a browser reports in its console. */
  allowedErrors: readonly RegExp[]
  /** A second person: a browser context of his own, watched as the first one is. */
  newVisitor: () => Promise<Page>
  /** Addresses, accounts and events of the stack under test. */
  info: LocalInfo
}

/** Playwright's `test` on the stack under test: an unexpected error in any page's console fails the test. */
export const test = base.extend<Visits>({
  allowedErrors: [[], { option: true }],

  launchOptions: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of a fixture's needs from this pattern.
    async ({}, use) => {
      const { executablePath, env } = await findChromium()
      await use({ executablePath, env, args: ['--no-sandbox'] })
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  baseURL: async ({}, use) => use(siteUrl()),

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  info: async ({}, use) => {
    const response = await fetch(new URL('/_local/info.json', siteUrl()))
    await use(await response.json())
  },

  context: async ({ context, allowedErrors }, use) => {
    const errors = watch(context)
    await use(context)
    expect(errors.filter((error) => !allowedErrors.some((allowed) => allowed.test(error)))).toEqual([])
  },

  newVisitor: async ({ browser, baseURL, allowedErrors }, use) => {
    const visitors: { context: BrowserContext; errors: string[] }[] = []
    await use(async () => {
      const context = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }) })
      visitors.push({ context, errors: watch(context) })
      return context.newPage()
    })
    const errors = visitors.flatMap((visitor) => visitor.errors)
    for (const { context } of visitors) await context.close()
    expect(errors.filter((error) => !allowedErrors.some((allowed) => allowed.test(error)))).toEqual([])
  },
})

export { expect } from '@playwright/test'

function siteUrl(): string {
  const url = process.env[SITE_VARIABLE]
  if (!url) throw new Error(`${SITE_VARIABLE} is not set: run these tests through playwright.config.ts`)
  return url
}

/** Collects what the console calls an error (a violated content security policy too) and what no script caught. */
function watch(context: BrowserContext): string[] {
  const errors: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => errors.push(String(error.error())))
  return errors
}
