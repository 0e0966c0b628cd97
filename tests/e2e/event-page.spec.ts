import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/browser.ts'
import { demoEvent } from '#tests/support/walks.ts'

const factsOf = (page: Page) => page.getByRole('article').locator('.facts')

test('an event names others in its city that can be gone to, and leads there', async ({ page, info }) => {
  await page.goto(demoEvent(info, 'on_sale').path)
  const more = page.getByRole('navigation', { name: 'Keep looking' })
  await more.scrollIntoViewIfNeeded()
  const related = more.locator('.related-event')
  await expect(related.getByRole('link')).toHaveText([/^Patio abierto/, /^Nocturama/])
  await expect(related.locator('.related-where').first()).toContainText('Patio de San Telmo')
  await related.getByRole('link').first().click()
  await expect(page).toHaveURL('/events/patio-abierto/')
  await expect(page.getByRole('heading', { level: 1, name: 'Patio abierto' })).toBeVisible()
})

test.describe('a visitor in New York', () => {
  test.use({ timezoneId: 'America/New_York' })

  test('reads when an evening in Sevilla is where he is, beside the time there', async ({ page, info }) => {
    await page.goto(demoEvent(info, 'on_sale').path)
    const startsAt = (await factsOf(page).locator('time').getAttribute('datetime')) ?? ''
    const clockIn = (timeZone: string) =>
      new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(startsAt))
    expect(clockIn('America/New_York')).not.toBe(clockIn('Europe/Madrid'))
    await expect(factsOf(page)).toContainText(new RegExp(`${clockIn('Europe/Madrid')}.* CES?T`))
    const own = page.getByText('where you are')
    await expect(own).toBeVisible()
    await expect(own).toHaveText(new RegExp(`${clockIn('America/New_York')} E[SD]T where you are$`))
  })
})

test('a visitor whose clock shows the same time as there reads it once', async ({ page, info }) => {
  await page.goto(demoEvent(info, 'on_sale').path)
  await expect(page.getByRole('button', { name: 'One more: Vault', exact: true })).toBeEnabled()
  await expect(page.getByText('where you are')).toBeHidden()
})

test.describe('tickets that cannot be loaded', () => {
  test.use({ allowedErrors: [/sell-tickets/] })

  test('are told of, and come when the page is loaded again', async ({ page, info }) => {
    let isOffline = true
    await page.route('**/sell-tickets.*.js', (route) => (isOffline ? route.abort() : route.continue()))
    await page.goto(demoEvent(info, 'on_sale').path)
    const notice = page.getByRole('link', { name: 'The tickets could not be loaded. Try again.' })
    await page.locator('#tickets').scrollIntoViewIfNeeded()
    await expect(notice).toBeVisible()
    isOffline = false
    await notice.click()
    await expect(page.getByRole('button', { name: 'One more: Vault', exact: true })).toBeVisible()
    await expect(notice).toBeHidden()
  })
})

test('the map opens at the door of the venue', async ({ page, info }) => {
  await page.goto(demoEvent(info, 'on_sale').path)
  await expect(page.getByRole('link', { name: 'Show on the map' })).toHaveAttribute(
    'href',
    'https://www.openstreetmap.org/?mlat=37.3899&mlon=-5.9883#map=17/37.3899/-5.9883',
  )
})

test('an event that was moved by a week says from when, struck through, beside its new start', async ({ page }) => {
  await page.goto('/events/hamlet-for-one-kitchen/')
  const startsAt = (await factsOf(page).locator('time').getAttribute('datetime')) ?? ''
  const dayOf = (at: number) =>
    new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'Europe/London' }).format(at)
  const moved = factsOf(page).getByText('Moved from')
  await expect(moved).toBeVisible()
  const before = moved.locator('s')
  await expect(before).toContainText(`Wed ${dayOf(Date.parse(startsAt) - 7 * 86_400_000)}`)
  await expect(before).toContainText('19:30')
  expect(await before.evaluate((text) => getComputedStyle(text).textDecorationLine)).toBe('line-through')
})

test('on paper stand the facts of an event, and nothing to click', async ({ page, info }) => {
  await page.goto(demoEvent(info, 'on_sale').path)
  const screenOnly = [
    page.getByRole('banner'),
    page.getByRole('contentinfo'),
    page.getByRole('navigation', { name: 'Breadcrumb' }),
    page.getByRole('navigation', { name: 'Keep looking' }),
    page.locator('#tickets'),
  ]
  for (const part of screenOnly) await expect(part).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  for (const part of screenOnly) await expect(part).toBeHidden()
  await expect(page.getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const fact of ['Molino de la Alfalfa', 'Calle Águilas 23, 41003 Sevilla, Spain'])
    await expect(factsOf(page).getByText(fact)).toBeVisible()
  await expect(factsOf(page).locator('time')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'About' })).toBeVisible()
})
