import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/browser.ts'
import { addTicketType, draftEvent, publish, untilPublic } from '#tests/support/desk-walks.ts'
import { signIn } from '#tests/support/walks.ts'

/** A language without words, a form that is behind, a page that is gone. */
test.use({ allowedErrors: [/status of (404|409|422)/] })

const faultsOf = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)

test('an owner adds German and takes it away again by keyboard; its page, linked both ways, comes and goes', async ({
  page,
  info,
}) => {
  test.slow()
  const name = `Linterna ${crypto.randomUUID().slice(0, 6)}`
  await signIn(page, info, 'owner', '/desk/')
  await draftEvent(page, name)
  await addTicketType(page, 'Butaca', '0', '5')
  await page.getByRole('button', { name: 'Languages', exact: true }).press('Enter')
  const languages = page.getByRole('region', { name: 'Languages', exact: true })
  const german = languages.getByRole('group', { name: 'German' })
  const save = languages.getByRole('button', { name: 'Save languages' })
  const status = languages.getByRole('status')

  await languages.getByRole('button', { name: 'Add German' }).press('Enter')
  await expect(german.getByLabel('Name', { exact: true })).toBeFocused()
  await expect(german.getByLabel('Name', { exact: true })).toHaveAttribute('placeholder', name)
  await save.press('Enter')
  await expect(german).toContainText('German is empty')
  await german.getByLabel('In one line').fill('x')
  await german.getByLabel('In one line').evaluate((input: HTMLInputElement) => input.removeAttribute('maxlength'))
  await german.getByLabel('In one line').fill('x'.repeat(201))
  await save.press('Enter')
  await expect(german.getByLabel('In one line')).toBeFocused()
  await expect(german.getByLabel('In one line')).toHaveAccessibleDescription(/200/)

  await german.getByLabel('In one line').fill('Licht im Hof')
  await german.getByLabel('Ticket name').fill('Sitzplatz')
  await languages.getByRole('button', { name: 'Add Arabic' }).press('Enter')
  const arabic = languages.getByRole('group', { name: 'Arabic' }).getByLabel('Name', { exact: true })
  await expect(arabic).toHaveAttribute('dir', 'rtl')
  await expect(arabic).toHaveAttribute('lang', 'ar')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await faultsOf(page), colorScheme).toEqual([])
  }
  await languages.getByRole('button', { name: 'Remove Arabic' }).press('Enter')
  await save.press('Enter')
  await expect(status).toHaveText('Saved.')

  const path = await publish(page)
  await untilPublic(page, `/de${path}`, 'Licht im Hof')
  const germanPage = await (await page.request.get(`/de${path}`)).text()
  expect(germanPage).toContain('Sitzplatz')
  expect(germanPage).toContain(name)
  for (const address of [path, `/de${path}`]) {
    await page.goto(address)
    for (const [language, there] of [
      ['en', path],
      ['de', `/de${path}`],
    ])
      await expect(page.locator(`link[rel=alternate][hreflang=${language}]`)).toHaveAttribute(
        'href',
        new RegExp(`${there}$`),
      )
    await page.goBack()
  }

  await page.getByRole('button', { name: 'Languages', exact: true }).press('Enter')
  await languages.getByRole('button', { name: 'Remove German' }).press('Enter')
  await expect(status).toHaveText('German goes when you save.')
  await expect(languages).toBeFocused()
  await languages.getByRole('button', { name: 'Add German' }).press('Enter')
  await expect(german.getByLabel('Ticket name')).toHaveValue('Sitzplatz')
  await languages.getByRole('button', { name: 'Remove German' }).press('Enter')
  await save.press('Enter')
  await expect(status).toContainText('Saved.')
  const goneIn = { intervals: [50], timeout: 10_000 }
  const leadsTo = async () => (await page.request.get(`/de${path}`, { maxRedirects: 0 })).headers().location
  await expect.poll(leadsTo, goneIn).toBe(path)
  await expect.poll(async () => (await page.request.get(path)).text(), goneIn).not.toContain('hreflang="de"')
})

test('a language that the event speaks already cannot be the one it is written in, and a form that is behind says so', async ({
  page,
  info,
  context,
}) => {
  test.slow()
  await signIn(page, info, 'owner', '/desk/')
  await draftEvent(page, `Relevo ${crypto.randomUUID().slice(0, 6)}`)
  const behind = await context.newPage()
  await behind.goto(page.url())
  await page.getByRole('button', { name: 'Languages', exact: true }).click()
  const languages = page.getByRole('region', { name: 'Languages', exact: true })
  await languages.getByRole('button', { name: 'Add Spanish' }).click()
  await languages.getByRole('group', { name: 'Spanish' }).getByLabel('Name', { exact: true }).fill('Relevo')
  await languages.getByRole('button', { name: 'Save languages' }).click()
  await expect(languages.getByRole('status')).toHaveText('Saved.')
  await page.getByRole('button', { name: 'Details' }).click()
  await expect(page.getByLabel('Written in').getByRole('option', { name: 'Español' })).toBeDisabled()
  await page.getByLabel('Written in').selectOption('العربية')
  await expect(page.locator('form:visible').getByLabel('Name', { exact: true })).toHaveAttribute('dir', 'rtl')

  await behind.getByRole('button', { name: 'Languages', exact: true }).click()
  await behind.getByRole('button', { name: 'Add German' }).click()
  await behind.getByLabel('Name', { exact: true }).and(behind.locator('[lang=de]')).fill('Staffel')
  await behind.getByRole('button', { name: 'Save languages' }).click()
  await expect(behind.getByRole('alert').filter({ hasText: 'in the meantime' })).toBeVisible()
  await expect(behind.getByLabel('Name', { exact: true }).and(behind.locator('[lang=de]'))).toHaveValue('Staffel')
})
