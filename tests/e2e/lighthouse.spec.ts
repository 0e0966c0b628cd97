import { chromium } from '@playwright/test'
import lighthouse from 'lighthouse'
import { expect, test } from '#tests/support/browser.ts'
import { findChromium } from '#tests/support/chromium.ts'
import { demoEvent } from '#tests/support/walks.ts'

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
const enough = 95

/** Speed is measured on whatever machine runs this, so the best of three runs counts; the other scores do not vary. */
const runs = 3

test('Lighthouse gives home and event page at least 95 in all four categories, on a phone', async ({
  baseURL,
  info,
}) => {
  test.setTimeout(300_000)
  const { executablePath, env } = await findChromium()
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const browser = await chromium.launch({
    executablePath,
    env,
    args: ['--no-sandbox', `--remote-debugging-port=${port}`],
  })
  try {
    for (const path of ['/', demoEvent(info, 'on_sale').path]) {
      const best = new Map<string, number>()
      for (let run = 0; run < runs && !categories.every((name) => (best.get(name) ?? 0) >= enough); run++) {
        const result = await lighthouse(`${baseURL}${path}`, { port, output: 'json', onlyCategories: [...categories] })
        for (const name of categories) {
          const score = Math.round((result?.lhr.categories[name]?.score ?? 0) * 100)
          best.set(name, Math.max(best.get(name) ?? 0, score))
        }
      }
      console.info(path, Object.fromEntries(best))
      for (const name of categories) expect(best.get(name), `${name} of ${path}`).toBeGreaterThanOrEqual(enough)
    }
  } finally {
    await browser.close()
  }
})
