import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '#tests/support/browser.ts'
import { untilPublic } from '#tests/support/desk-walks.ts'
import { signInAs } from '#tests/support/walks.ts'

/** A website that is none. */
test.use({ allowedErrors: [/status of 422/] })

const organiser = '/organiser/lantern-house/'

test('an organiser is renamed: his page follows at once, and within minutes his events with lists and structured data', async ({
  page,
  info,
}) => {
  test.slow()
  await signInAs(page, info, 'owner.lantern@demo.marquee.test', '/desk/organisation/')
  const form = page.getByRole('form', { name: 'Name and words' })
  const name = form.getByLabel('Name')
  await expect(name).toHaveValue('Lantern House')
  const event = await (await page.request.get(organiser)).text()
  const [path = ''] = /\/events\/[^/]+\//.exec(event) ?? []

  await form.getByLabel('Website').fill('lanternhouse.example')
  await name.press('Enter')
  await expect(form.getByLabel('Website')).toHaveAttribute('aria-invalid', 'true')
  await expect(form.getByText('must begin with https://')).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await form.getByLabel('Website').fill('https://lanternhouse.example')
  await name.fill('Lantern und Söhne')
  await name.press('Enter')
  await expect(form.getByText('Saved. Your page follows at once')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lantern und Söhne')

  await untilPublic(page, organiser, 'Lantern und Söhne')
  await untilPublic(page, path, '"organizer":{"@type":"Organization","name":"Lantern und Söhne"', 75_000)
  await untilPublic(page, '/search/everywhere.json', 'Lantern und Söhne', 75_000)
  await page.goto('/desk/')
  await page.goto(path)
  await expect(page.getByRole('link', { name: 'Lantern und Söhne', exact: true })).toBeVisible()

  await page.goto('/desk/organisation/')
  await name.fill('Lantern House')
  await name.press('Enter')
  await expect(form.getByText('Saved. Your page follows at once')).toBeVisible()
})
