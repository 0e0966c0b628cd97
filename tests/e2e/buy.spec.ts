import { expect, test } from '#tests/support/browser.ts'
import { countPdfPages, decodeQr, extractPdfText, rasterisePdf } from '#tests/support/pdf.ts'
import {
  demoEvent,
  downloadPdf,
  expectTickets,
  mailsTo,
  openDoor,
  orderTickets,
  payByCard,
  someAddress,
  typeCode,
} from '#tests/support/walks.ts'

test('a stranger finds an event, buys two tickets as a guest, and is admitted once with each', async ({
  page,
  info,
  newVisitor,
}) => {
  test.slow()
  const event = demoEvent(info, 'on_sale')
  const buyer = { name: 'Ana Müller', email: someAddress('ana') }
  await page.goto('/')
  await page.locator(`main a[href="${event.path}"]`).first().click()
  await expect(page).toHaveURL(event.path)
  await orderTickets(page, { Vault: 2 }, buyer)

  await expect(page.getByText('€48.00').first()).toBeVisible()
  await payByCard(page)
  await expect(page).toHaveURL(/\/order\//)
  await expectTickets(page, 2)

  const pdf = await downloadPdf(page)
  expect(await countPdfPages(pdf)).toBe(2)
  expect(await extractPdfText(pdf)).toContain('Ana Müller')
  const codes = await Promise.all(
    [0, 1].map(async (number) => (await decodeQr(await rasterisePdf(pdf, { page: number })))[0] ?? ''),
  )
  expect(new Set(codes.filter(Boolean)).size).toBe(2)

  await expect.poll(async () => (await mailsTo(info, buyer.email)).length, { timeout: 20_000 }).toBe(1)
  const [mail] = await mailsTo(info, buyer.email)
  expect(mail?.attachments.map(({ contentType }) => contentType.split(';')[0]).toSorted()).toEqual([
    'application/pdf',
    'text/calendar',
  ])

  const door = await newVisitor()
  await openDoor(door, info, event.id, 'North gate')
  await typeCode(door, codes[0] ?? '')
  await expect(door.locator('.door-word')).toHaveText('Admitted')
  await expect(door.locator('.door-who')).toContainText('Ana Müller')

  const otherDoor = await newVisitor()
  await openDoor(otherDoor, info, event.id, 'South gate')
  await typeCode(otherDoor, codes[0] ?? '')
  await expect(otherDoor.locator('.door-word')).toHaveText('Already admitted')
  await expect(otherDoor.locator('.door-first')).toHaveText(/First scanned .*\d at North gate/)

  const number = /tkt_\w{26}/.exec(await extractPdfText(pdf, 1))?.[0] ?? ''
  await typeCode(door, number)
  await expect(door.getByText('2 admitted here')).toBeVisible()
  await typeCode(door, 'NOT A TICKET')
  await expect(door.locator('.door-word')).toHaveText('Unknown')
})

test('a free event needs no payment page', async ({ page, info }) => {
  const buyer = { name: 'Ben Free', email: someAddress('ben') }
  await page.goto(demoEvent(info, 'free').path)
  const type = await page.locator('.type-name').first().textContent()
  await orderTickets(page, { [type ?? '']: 1 }, buyer)
  await expect(page).toHaveURL(/\/order\//)
  await expectTickets(page, 1)
  await expect.poll(async () => (await mailsTo(info, buyer.email)).length, { timeout: 20_000 }).toBe(1)
})

test.describe('a card that is declined', () => {
  test.use({ allowedErrors: [/status of 402/] })

  test('says so, keeps the tickets, and the next card pays', async ({ page, info }) => {
    await page.goto(demoEvent(info, 'on_sale').path)
    await orderTickets(page, { Gallery: 1 }, { name: 'Carla Second', email: someAddress('carla') })
    await payByCard(page, '4000000000000002')
    await expect(page.getByRole('alert')).toContainText(/declined/i)
    await payByCard(page)
    await expectTickets(page, 1)
  })
})

test('whoever comes back from the payment page without paying is told what is kept, pays later, or lets go', async ({
  page,
  info,
}) => {
  await page.goto(demoEvent(info, 'on_sale').path)
  await orderTickets(page, { Gallery: 1 }, { name: 'Dora Back', email: someAddress('dora') })
  await page.getByRole('link', { name: 'Back' }).click()
  await expect(page).toHaveURL(/\/order\//)
  await expect(page.getByText('Kept for you')).toBeVisible()
  await page.getByRole('button', { name: 'Extend by 10 minutes' }).click()
  await expect(page.getByRole('timer')).toHaveText(/^2[0-5]:/)
  await expect(page.getByRole('button', { name: 'Extend by 10 minutes' })).toBeHidden()

  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await expect(page.getByLabel('Card number')).toBeVisible()
  await page.getByRole('link', { name: 'Back' }).click()
  await page.locator('.link-button:visible', { hasText: /cancel/i }).click()
  await page.locator('.button-danger:visible').click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/cancelled/i)
  await expect(page.getByRole('link', { name: 'Choose tickets again' })).toBeVisible()
})

test('a sold-out event says so and sells nothing', async ({ page, info }) => {
  await page.goto(demoEvent(info, 'sold_out').path)
  await expect(page.getByText('Sold out').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Check out' })).toBeHidden()
})

test('an order is shown to nobody who does not hold its key', async ({ page, info, newVisitor }) => {
  await page.goto(demoEvent(info, 'on_sale').path)
  await orderTickets(page, { Vault: 1 }, { name: 'Eve Private', email: someAddress('eve') })
  await payByCard(page)
  await expectTickets(page, 1)
  const id = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('id') ?? ''
  expect(id).toMatch(/^ord_/)

  const stranger = await newVisitor()
  for (const path of [`/api/orders/${id}`, `/api/orders/${id}?key=wrong`, `/api/orders/${id}/tickets.pdf?key=wrong`]) {
    const response = await stranger.request.get(path)
    expect(response.status()).toBe(404)
    expect(await response.text()).not.toContain('Eve')
  }
})
