import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/browser.ts'
import { demoEvent, expectTickets, openDoor, orderTickets, signIn, someAddress } from '#tests/support/walks.ts'

/** @param rules absent: all. */
const violationsOf = async (page: Page, rules?: string[]) => {
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** Looks at the page as it is now in both colour schemes, which differ in their colours alone. */
async function expectGood(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await violationsOf(page), name).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await violationsOf(page, ['color-contrast']), `${name} in dark colours`).toEqual([])
  expect(await widthBeyond(page), `${name} scrolls sideways`).toBeLessThanOrEqual(0)
}

async function expectGoodAt(page: Page, path: string, status = 200): Promise<void> {
  expect((await page.goto(path))?.status(), path).toBe(status)
  await expectGood(page, path)
}

const widthBeyond = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test('no width of a window, no large letters and no long word make a page scroll sideways', async ({ page }) => {
  test.slow()
  for (const path of ['/', '/de/', '/es/', '/account/']) {
    await page.goto(path)
    for (let width = 300; width <= 1300; width += 25) {
      await page.setViewportSize({ width, height: 800 })
      expect(await widthBeyond(page), `${path} at ${width}`).toBeLessThanOrEqual(0)
    }
  }
  await page.setViewportSize({ width: 360, height: 780 })
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
  expect(await widthBeyond(page), 'large letters').toBeLessThanOrEqual(0)
  const written =
    '.lede, .fact-main, .type-name, .card-name a, .card-where, .ways a, .marquee-line a, .crumbs span, option'
  for (const path of ['/', '/events/seis-cuerdas-en-el-molino/', '/city/sevilla/', '/category/music/', '/search/']) {
    await page.goto(path)
    const words = await page.locator(written).evaluateAll((elements) => {
      for (const element of elements) element.textContent = 'Rindfleischetikettierungsüberwachungsgesetz'.repeat(2)
      return elements.length
    })
    expect(words, path).toBeGreaterThan(0)
    expect(await widthBeyond(page), `${path} with long words`).toBeLessThanOrEqual(0)
  }
})

const onPhone = { viewport: { width: 360, height: 780 } }

test.describe('on a phone', () => {
  test.use({ ...onPhone, allowedErrors: [/status of 404/] })

  test('axe finds nothing on the pages of events, whatever their state', async ({ page, info }) => {
    test.slow()
    const states = ['on_sale', 'free', 'nearly_sold_out', 'sold_out', 'not_yet', 'past', 'cancelled']
    for (const state of states) await expectGoodAt(page, demoEvent(info, state).path)
  })

  test('axe finds nothing on the pages of events in German and in Arabic', async ({ page }) => {
    test.slow()
    for (const path of ['/de/events/letten-lichter/', '/ar/events/patio-abierto/']) await expectGoodAt(page, path)
  })

  test('axe finds nothing on the lists', async ({ page }) => {
    test.slow()
    for (const path of ['/city/sevilla/', '/category/music/', '/organiser/almazara-cultural/', '/weekend/', '/free/'])
      await expectGoodAt(page, path)
    for (const [from, list] of [
      ['/', '/month/'],
      ['/city/sevilla/', '/city/sevilla/2'],
    ] as const) {
      await page.goto(from)
      const path = await page.locator(`main a[href^="${list}"]`).first().getAttribute('href')
      await expectGoodAt(page, path ?? '')
    }
  })

  test('axe finds nothing on the other public pages, the one for missing pages among them', async ({ page }) => {
    test.slow()
    for (const path of ['/', '/about/', '/terms/', '/privacy/', '/accessibility/', '/sign-in/', '/api/'])
      await expectGoodAt(page, path)
    await expectGoodAt(page, '/nowhere/', 404)
    for (const home of ['/', '/de/', '/ar/']) {
      await page.goto(home)
      const { width = 0 } = (await page.locator('.site-search-link').boundingBox()) ?? {}
      expect(width, 'a finger finds the search').toBeGreaterThanOrEqual(44)
    }
  })

  test('axe finds nothing on an order with its tickets, on one that is not there, and on an account', async ({
    page,
    info,
  }) => {
    test.slow()
    await page.goto(demoEvent(info, 'free').path)
    const type = await page.locator('.type-name').first().textContent()
    await orderTickets(page, { [type ?? '']: 1 }, { name: 'Ben Free', email: someAddress('axe') })
    await expectTickets(page, 1)
    await expectGood(page, 'the order')
    await page.goto('/order/#id=ord_nobody&key=wrong')
    await page.reload()
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectGood(page, 'an order that is not there')
    await signIn(page, info, 'attendee', '/account/')
    await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible()
    await expectGood(page, 'the account')
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme, ...onPhone })

    test('axe finds nothing at the desk and at the door', async ({ page, info, newVisitor }) => {
      test.slow()
      const event = demoEvent(info, 'on_sale')
      await signIn(page, info, 'owner', '/desk/')
      await expect(page.getByRole('link', { name: 'New event' })).toBeVisible()
      expect(await violationsOf(page)).toEqual([])
      await page.goto(`/desk/event/?id=${event.id}`)
      for (const tab of [
        'Details',
        'Picture',
        'Ticket types',
        'Languages',
        'Codes',
        'Share',
        'Sales',
        'Attendees',
        'Manage',
      ]) {
        await page.getByRole('button', { name: tab, exact: true }).click()
        await expect(page.getByRole('button', { name: tab, exact: true })).toHaveAttribute('aria-current', 'true')
        expect(await violationsOf(page), tab).toEqual([])
      }
      const door = await newVisitor()
      await openDoor(door, info, event.id, 'Gate')
      expect(await violationsOf(door)).toEqual([])
    })
  })
}
