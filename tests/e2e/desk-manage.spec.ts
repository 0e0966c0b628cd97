import type { Locator, Page } from '@playwright/test'
import { expect, test } from '#tests/support/browser.ts'
import { addTicketType, draftEvent, publish, untilPublic } from '#tests/support/desk-walks.ts'
import { demoEvent, expectTickets, orderTickets, signIn, someAddress } from '#tests/support/walks.ts'

/** What is refused, and what is gone: a browser reports both. */
test.use({ allowedErrors: [/status of (404|409)/] })

/** Where an event of the demo's first organisation in Seville is listed. */
const lists = ['/search/city/sevilla.json', '/organiser/almazara-cultural/'] as const

/** Presses Enter on the button, says yes to what the browser asks then, and answers what it asked. */
async function confirmed(page: Page, button: Locator): Promise<string> {
  const asked = page.waitForEvent('dialog').then(async (dialog) => {
    await dialog.accept()
    return dialog.message()
  })
  await button.press('Enter')
  return asked
}

async function untilGone(page: Page, path: string, text: string): Promise<void> {
  await expect
    .poll(async () => (await page.request.get(path)).text(), { intervals: [50], timeout: 10_000 })
    .not.toContain(text)
}

const untilStatus = (page: Page, path: string, status: number) =>
  expect
    .poll(async () => (await page.request.get(path, { maxRedirects: 0 })).status(), {
      intervals: [50],
      timeout: 10_000,
    })
    .toBe(status)

test('an event moves to another address, is withdrawn and comes back; its page, lists and searches follow', async ({
  page,
  info,
  newVisitor,
}) => {
  test.slow()
  const name = `Mudanza ${crypto.randomUUID().slice(0, 6)}`
  await signIn(page, info, 'owner', '/desk/')
  await draftEvent(page, name)
  await addTicketType(page, 'Butaca', '0', '5')
  const path = await publish(page)
  for (const list of lists) await untilPublic(page, list, name)
  await page.getByRole('button', { name: 'Manage' }).press('Enter')
  const manage = page.getByRole('region', { name: 'Manage' })
  const address = manage.getByLabel('Its page is at')
  const changeAddress = manage.getByRole('button', { name: 'Change address' })

  await address.fill(demoEvent(info, 'free').slug)
  await confirmed(page, changeAddress)
  await expect(manage.getByRole('alert')).toHaveText('This address is taken.')
  await address.fill(`¡${name} de otoño!`)
  const moved = `${path.slice(0, -1)}-de-otono/`
  expect(await confirmed(page, changeAddress)).toContain(moved)
  await expect(manage.getByRole('status')).toContainText('Moved.')
  await expect(manage.getByRole('listitem')).toHaveText([path])
  await expect(page.getByRole('link', { name: 'Public page' })).toHaveAttribute('href', moved)
  await untilPublic(page, moved, name)
  await untilStatus(page, path, 301)
  expect(new URL((await page.request.get(path)).url()).pathname).toBe(moved)
  for (const list of lists) await untilGone(page, list, path)

  const withdraw = manage.getByRole('button', { name: 'Withdraw event' })
  expect(await confirmed(page, withdraw)).toContain(`Take “${name}” off the site?`)
  await expect(manage.getByRole('status')).toContainText('Withdrawn.')
  await expect(manage).toBeFocused()
  await expect(manage.getByText('it can be published again but not deleted')).toBeVisible()
  for (const gone of [path, moved]) await untilStatus(page, gone, 404)
  for (const list of lists) await untilGone(page, list, name)

  expect(await publish(page)).toBe(moved)
  for (const where of [moved, ...lists]) await untilPublic(page, where, name)
  const buyer = await newVisitor()
  await buyer.goto(moved)
  await orderTickets(buyer, { Butaca: 1 }, { name: 'Berta Sol', email: someAddress('berta') })
  await expectTickets(buyer, 1)
  await confirmed(page, withdraw)
  await expect(manage.getByRole('alert')).toHaveText(/cancel the event instead/)
  await untilStatus(page, moved, 200)
})

test('an event is copied to a draft, and a draft that was never public is deleted for good', async ({ page, info }) => {
  test.slow()
  const original = demoEvent(info, 'on_sale')
  await signIn(page, info, 'owner', `/desk/event/?id=${original.id}`)
  await page.getByRole('button', { name: 'Manage' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Delete draft' })).toBeHidden()
  await page.getByRole('button', { name: 'Copy event' }).press('Enter')
  await expect(page).not.toHaveURL(new RegExp(original.id))
  await expect(page.getByText('draft', { exact: true })).toBeVisible()
  const copyId = new URL(page.url()).searchParams.get('id')
  const copy = `/api/organiser/events/${copyId}`
  expect((await page.request.get(copy)).status()).toBe(200)

  await page.getByRole('button', { name: 'Manage' }).press('Enter')
  expect(await confirmed(page, page.getByRole('button', { name: 'Delete draft' }))).toContain('cannot be undone')
  await expect(page).toHaveURL('/desk/')
  expect((await page.request.get(copy)).status()).toBe(404)
})
