import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '#tests/support/browser.ts'
import { demoEvent } from '#tests/support/walks.ts'

const violationsOf = async (page: import('@playwright/test').Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)

test('a search from any page finds an event in spite of a typing error, and the address can be shared', async ({
  page,
  info,
  newVisitor,
}) => {
  const event = demoEvent(info, 'on_sale')
  await page.goto('/about/')
  await page.getByRole('searchbox', { name: 'Search events' }).fill('cuerads molino')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/search/?q=cuerads+molino')
  const found = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: 'Seis cuerdas en el molino' }) })
  await expect(found).toContainText('From €12')

  await page.getByLabel('Price', { exact: true }).selectOption('free')
  await expect(page).toHaveURL('/search/?q=cuerads+molino&price=free')
  await expect(page.getByRole('status')).toHaveText('Nothing found.')
  await page.goBack()
  await expect(page.getByRole('status')).toHaveText('1 event')
  await expect(page.getByLabel('Price', { exact: true })).toHaveValue('')

  const friend = await newVisitor()
  await friend.goto('/search/?city=sevilla&when=month&price=free')
  await expect(friend.getByLabel('City', { exact: true })).toHaveValue('sevilla')
  await expect(friend.getByRole('link', { name: /Patio abierto/ }).first()).toBeVisible()
  await page.getByRole('link', { name: 'Seis cuerdas en el molino' }).click()
  await expect(page).toHaveURL(event.path)
})

test('where an organiser’s list ends the search goes on with theirs alone, until all are asked for', async ({
  page,
}) => {
  await page.goto('/search/?city=sevilla&organiser=Almazara+Cultural')
  await expect(page.getByText('Events by Almazara Cultural')).toBeVisible()
  const found = page.getByRole('region', { name: 'What was found' }).getByRole('heading', { level: 3 })
  await expect(found.first()).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  const theirs = await found.count()
  await page.getByRole('button', { name: 'Show every organiser’s' }).press('Enter')
  await expect(page).toHaveURL('/search/?city=sevilla')
  await expect(page.getByText('Events by Almazara Cultural')).toBeHidden()
  expect(await found.count()).toBeGreaterThanOrEqual(theirs)
})

test('a search that knows only a part says so, everywhere and in a city, and leads to the rest', async ({ page }) => {
  const cut = async (path: string) => {
    const { rows }: { rows: unknown[] } = await (await page.request.get(path)).json()
    await page.route(path, (route) => route.fulfill({ json: { rows: rows.slice(0, 2), isComplete: false } }))
  }
  await cut('/search/everywhere.json')
  await cut('/search/city/sevilla.json')
  await page.goto('/search/')
  await expect(page.getByText('but not all. Choose a city')).toBeVisible()
  await page.getByLabel('City', { exact: true }).selectOption('sevilla')
  await expect(page.getByText('but not all. Choose a city')).toBeHidden()
  await page.getByRole('link', { name: 'Its months hold everything' }).click()
  await expect(page).toHaveURL('/city/sevilla/')
})

test('a keyboard alone narrows the search to a city and opens what it found', async ({ page }) => {
  await page.goto('/search/')
  const words = page.getByRole('combobox', { name: /Event, artist/ })
  await words.focus()
  await page.keyboard.type('jazz kyo')
  await expect(words).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option', { name: 'Kyōto City' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('City', { exact: true })).toHaveValue('kyoto')
  await expect(words).toHaveValue('jazz')
  await words.fill('kintsugi')
  await expect(page.getByRole('status')).toHaveText('1 event')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('link', { name: /金継ぎ/ })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(words).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/events/kintsugi-for-beginners/')
})

test.describe('without a connection', () => {
  test.use({ allowedErrors: [/ERR_INTERNET_DISCONNECTED/] })

  test('the search says so, keeps what was chosen, and goes on by itself', async ({ page, context }) => {
    await page.goto('/search/')
    await expect(page.getByRole('status')).toHaveText(/events$/)
    await context.setOffline(true)
    await page.getByLabel('City', { exact: true }).selectOption('lisboa')
    await expect(page.getByRole('status')).toHaveText('No connection.')
    expect(await violationsOf(page)).toEqual([])
    await context.setOffline(false)
    await expect(page.getByRole('status')).toHaveText(/events?$/)
    await expect(page.getByLabel('City', { exact: true })).toHaveValue('lisboa')
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme, viewport: { width: 360, height: 780 } })

    test('axe finds nothing in the search, with results, with none, with suggestions and with dates', async ({
      page,
    }) => {
      for (const path of ['/search/', '/search/?q=zzzzzz', '/search/?when=dates&from=2026-01-01']) {
        await page.goto(path)
        await expect(page.getByRole('status')).toHaveText(/event|Nothing/)
        expect(await violationsOf(page), path).toEqual([])
      }
      await page.getByRole('combobox', { name: /Event, artist/ }).fill('se')
      await expect(page.getByRole('option', { name: 'Sevilla City' })).toBeVisible()
      expect(await violationsOf(page), 'suggestions').toEqual([])
    })
  })
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the search leads to lists that hold everything', async ({ page }) => {
    await page.goto('/search/?q=jazz')
    await page.getByRole('link', { name: 'Music', exact: true }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: 'Music' })).toBeVisible()
  })
})
