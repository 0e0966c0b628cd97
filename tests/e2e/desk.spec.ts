import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/browser.ts'
import { addTicketType, draftEvent, publish, untilPublic } from '#tests/support/desk-walks.ts'
import {
  demoEvent,
  expectTickets,
  mailsTo,
  orderTickets,
  payByCard,
  signIn,
  someAddress,
} from '#tests/support/walks.ts'

/** Who comes too late is refused with a 409, a form that lacks something with a 422, which a browser reports. */
test.use({ allowedErrors: [/status of (409|422)/] })

const hostile = '<img src=x onerror=alert(1)></script>'

test('an organiser drafts, publishes, edits, sells and cancels an event; the public page follows each step', async ({
  page,
  info,
  newVisitor,
}) => {
  test.slow()
  const name = `Noche ${crypto.randomUUID().slice(0, 6)}`
  await signIn(page, info, 'owner', '/desk/')
  await draftEvent(page, name)
  await addTicketType(page, 'Butaca', '12,50', '2')
  const path = await publish(page)
  await untilPublic(page, path, `Hall ${name}`)

  await page.getByRole('button', { name: 'Details' }).click()
  await page.getByLabel('Venue').fill('Teatro Cerezo')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await untilPublic(page, path, 'Teatro Cerezo')

  const late = await newVisitor()
  await late.goto(path)
  await late.getByRole('button', { name: 'One more: Butaca', exact: true }).click()
  await late.getByRole('button', { name: 'Check out' }).click()

  const visitor = await newVisitor()
  const email = someAddress('frida')
  await visitor.goto(path)
  await orderTickets(visitor, { Butaca: 2 }, { name: 'Frida Gómez', email })
  await payByCard(visitor)
  await expectTickets(visitor, 2)
  await untilPublic(page, path, 'schema.org/SoldOut')

  await late.getByLabel('Your name').fill('Late Comer')
  await late.getByLabel('E-mail', { exact: true }).fill(someAddress('late'))
  await late.locator('form.checkout button[type=submit]').click()
  await expect(late.getByRole('alert')).toContainText(/sold out/i)

  await page.getByRole('button', { name: 'Sales' }).click()
  await expect(page.locator('.desk-figures')).toContainText('€25.00')
  await page.getByRole('button', { name: 'Attendees' }).click()
  await expect(page.getByRole('row', { name: /Frida Gómez/ })).toHaveCount(2)
  await refundByKeyboard(page)

  page.once('dialog', (dialog) => void dialog.accept())
  await page.getByRole('button', { name: 'Cancel event' }).click()
  await expect(page.getByText('Sales have stopped')).toBeVisible()
  await untilPublic(page, path, 'schema.org/EventCancelled')
})

test('on a phone the row of tabs shows the current one, chosen, and opened again by its address', async ({
  page,
  info,
}) => {
  await page.setViewportSize({ width: 360, height: 780 })
  await signIn(page, info, 'owner', `/desk/event/?id=${demoEvent(info, 'on_sale').id}`)
  const tab = page.getByRole('button', { name: 'Attendees' })
  await tab.press('Enter')
  await expect(page).toHaveURL(/#attendees$/)
  await page.reload()
  await expect(tab).toHaveAttribute('aria-current', 'true')
  await expect(tab).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('button', { name: 'Manage' })).toBeInViewport({ ratio: 0.2 })
  expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([0, 0])
})

test('a hostile name is text on every page, ticket, mail, list and screen', async ({ page, info, newVisitor }) => {
  test.slow()
  await signIn(page, info, 'owner', '/desk/')
  await draftEvent(page, hostile)
  await addTicketType(page, hostile, '0', '5')
  await page.getByRole('button', { name: 'Details' }).click()
  await page.getByLabel('Who performs').fill(`${hostile}\nLucía Vargas`)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  const path = await publish(page)
  await expect.poll(async () => (await page.request.get(path)).status()).toBe(200)

  const visitor = await newVisitor()
  await visitor.goto(path)
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(hostile)
  const jsonLd = await visitor.locator('script[type="application/ld+json"]').first().textContent()
  expect(JSON.parse(jsonLd ?? '').name).toBe(hostile)
  expect(JSON.parse(jsonLd ?? '').performer[0].name).toBe(hostile)
  await expect(visitor.getByText(`With ${hostile} and Lucía Vargas`)).toBeVisible()

  const email = someAddress('mallory')
  await orderTickets(visitor, { [hostile]: 1 }, { name: hostile, email })
  await expectTickets(visitor, 1)
  await expect(visitor.locator('.ticket-attendee')).toHaveText(hostile)
  await expect.poll(async () => (await mailsTo(info, email)).length, { timeout: 20_000 }).toBe(1)
  const [mail] = await mailsTo(info, email)
  expect(mail?.body.html).not.toContain('<img src=x')

  await page.getByRole('button', { name: 'Attendees' }).click()
  await expect(page.getByRole('rowheader', { name: hostile })).toBeVisible()
  const csv = await page.request.get(
    (await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')) ?? '',
  )
  expect(csv.headers()['content-type']).toContain('text/csv')
  expect(await csv.text()).toContain(hostile)
  for (const one of [page, visitor]) expect(await one.locator('img[src="x"]').count()).toBe(0)
})

/**
 * An amount first, which ends nothing; then one of the two tickets, which is revoked. What is pressed is sought by its role, which
 * waits until it is shown: a key that a hidden field should get goes to whatever has the focus.
 */
async function refundByKeyboard(page: Page): Promise<void> {
  const opener = page.getByRole('button', { name: 'Refund Frida Gómez' }).first()
  await opener.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Refund Frida Gómez' })
  await expect(dialog).toContainText('Paid €25.00, refunded €0.00, left €25.00.')
  await dialog.getByRole('radio', { name: 'An amount; tickets stay valid' }).press('Space')
  await dialog.getByLabel('Amount', { exact: true }).fill('2.50')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('Say what to refund, and why.')
  await dialog.getByLabel('Reason').fill('The bar was closed.')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('€2.50 refunded.')).toBeVisible()
  await dialog.getByRole('radio', { name: 'Some tickets' }).press('Space')
  await dialog
    .getByRole('checkbox', { name: /Frida Gómez/ })
    .first()
    .press('Space')
  await dialog.getByLabel('Reason').fill('She asked.')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('€12.50 refunded.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(opener).toBeFocused()
  await expect(page.getByRole('cell', { name: 'Revoked' })).toHaveCount(1)
}

test('the first places are cheaper: set at the desk, shown and charged on the public page, then the price goes up', async ({
  page,
  info,
  newVisitor,
}) => {
  test.slow()
  const name = `Madrugada ${crypto.randomUUID().slice(0, 6)}`
  await signIn(page, info, 'owner', '/desk/')
  await draftEvent(page, name)
  await page.getByRole('button', { name: 'Add ticket type' }).click()
  const form = page.getByRole('form', { name: 'Ticket type' })
  await form.getByLabel('Ticket name').fill('Butaca')
  await form.getByLabel('Price', { exact: true }).fill('20')
  await form.getByRole('button', { name: 'Add an earlier price' }).click()
  const phase = form.locator('.desk-phase')
  await phase.getByLabel('Price', { exact: true }).fill('12,50')
  await phase.getByLabel('For so many tickets').fill('2')
  await form.getByRole('button', { name: 'Save ticket type' }).click()
  await expect(phase.getByLabel('Called')).toHaveAttribute('aria-invalid', 'true')
  await phase.getByLabel('Called').fill('Primeras')
  await form.getByRole('button', { name: 'Save ticket type' }).click()
  await expect(page.getByText('€12.50 (Primeras), then €20.00')).toBeVisible()
  const path = await publish(page)
  await untilPublic(page, path, '12.50')

  const buyer = await newVisitor()
  const price = buyer.locator('.type').first()
  await buyer.goto(path)
  await expect(price).toContainText('12.50')
})
