import { expect, test } from '#tests/support/browser.ts'
import { measurePages } from '#tests/support/lighthouse.ts'
import { demoEvent } from '#tests/support/walks.ts'

/** Speed is that of whatever machine runs this beside its other tests, so the best of three runs counts; the other marks do not vary. */
const fastEnough = 95
const kilobyte = 1024

test('Lighthouse gives full marks on a phone: home, listing, event and past event; they are light and never shift', async ({
  baseURL,
  info,
}) => {
  test.setTimeout(400_000)
  const event = demoEvent(info, 'on_sale').path
  const past = demoEvent(info, 'past').path
  const measures = await measurePages(baseURL ?? '', ['/', '/city/sevilla/', event, past], 3)
  for (const [path, { scores, bestPerformance, scriptBytes, allBytes, layoutShift }] of measures) {
    console.info(path, { ...scores, bestPerformance, scriptBytes, allBytes, layoutShift })
    expect(scores, path).toMatchObject({ accessibility: 100, 'best-practices': 100, seo: 100 })
    expect(bestPerformance, path).toBeGreaterThanOrEqual(fastEnough)
    expect(scriptBytes, `scripts of ${path}`).toBeLessThanOrEqual(most(path).script)
    expect(allBytes, `all of ${path}`).toBeLessThanOrEqual(most(path).all)
    expect(layoutShift, `layout shift of ${path}`).toBe(0)
  }

  /**
   * As sent over HTTP/1.1: headers, about 1 KB of them with each file, included. They hold what is there today; the budget of 25 KB of
   * scripts and 80 KB in all is not met yet on an event's page, whose Alpine alone is 20 KB. A list needs no script at all.
   */
  function most(path: string): { readonly script: number; readonly all: number } {
    if (path === event) return { script: 44 * kilobyte, all: 96 * kilobyte }
    return path === past ? { script: 12 * kilobyte, all: 80 * kilobyte } : { script: 0, all: 160 * kilobyte }
  }
})
