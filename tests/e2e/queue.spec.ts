import { createHash } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import type { LocalInfo } from '#infra/local/local-pages/info.ts'
import { expect, test } from '#tests/support/browser.ts'
import { removeFolder, type StackProcess, startStackProcess, temporaryFolder } from '#tests/support/stack.ts'
import { demoEvent, expectTickets, orderTickets, payByCard, someAddress } from '#tests/support/walks.ts'

/** One payment page in fifteen seconds: each who comes waits fifteen seconds longer than the one before. */
const admission = { paymentPagesPerSecond: 1 / 15, perAddressPerMinute: 1000, perBuyerPerMinute: 100 }

test.describe.configure({ mode: 'serial', timeout: 180_000 })
// The browser itself reports every answer of 429.
test.use({ allowedErrors: [/status of 429/] })

let folder: string
let stack: StackProcess
let info: LocalInfo

test.beforeAll(async () => {
  test.setTimeout(180_000)
  folder = await temporaryFolder()
  stack = await startStackProcess({ folder, env: { ADMISSION: JSON.stringify(admission) } })
  info = await (await fetch(`${stack.url}/_local/info.json`)).json()
})
test.afterAll(async () => {
  await stack.end()
  await removeFolder(folder)
})

/** Somebody before us in the line; his answer's status. */
async function comeFirst(typeId: string): Promise<number> {
  const lines = [{ ticketTypeId: typeId, quantity: 1 }]
  const buyer = { name: 'Somebody', email: someAddress('first') }
  const body = JSON.stringify({ eventId: demoEvent(info, 'on_sale').id, lines, buyer })
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': crypto.randomUUID(),
    'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
  }
  return (await fetch(`${stack.url}/api/orders`, { method: 'POST', headers, body })).status
}

async function ticketTypeId(): Promise<string> {
  const answer = await fetch(`${stack.url}/api/events/${demoEvent(info, 'on_sale').id}/availability`)
  const { ticketTypes } = await answer.json()
  return ticketTypes[0].id
}

test('who comes too early sees his turn, not an error, and is led to the payment when it comes', async ({ page }) => {
  const typeId = await ticketTypeId()
  expect([await comeFirst(typeId), await comeFirst(typeId)]).toEqual([201, 429])
  await page.goto(stack.url + demoEvent(info, 'on_sale').path)
  await orderTickets(page, { Vault: 2 }, { name: 'Ana Müller', email: someAddress('queue') })

  const turn = page.getByRole('group', { name: 'You are in line' })
  await expect(turn).toBeVisible()
  await expect(turn).toBeFocused()
  await expect(turn.getByRole('timer')).toHaveText(/^[123]?\d s$/)
  await expect(turn).toContainText('2 × Vault')
  await expect(page.getByRole('alert')).toBeHidden()
  await expect(page.getByRole('button', { name: /^Pay/ })).toBeHidden()

  await expect(page.getByRole('heading', { name: 'Pay' })).toBeVisible({ timeout: 60_000 })
  await payByCard(page)
  await expectTickets(page, 2)
})

test('a turn far away fits every screen, and axe finds nothing', async ({ page }, run) => {
  const typeId = await ticketTypeId()
  for (let before = 0; before < 6; before++) await comeFirst(typeId)
  await page.goto(stack.url + demoEvent(info, 'on_sale').path)
  await orderTickets(page, { Vault: 2 }, { name: 'Ana Müller', email: someAddress('far') })
  const turn = page.getByRole('group', { name: 'You are in line' })
  await expect(turn).toBeFocused()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await turn.scrollIntoViewIfNeeded()
    await page.screenshot({ path: run.outputPath(`turn-${width}.png`) })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow, `${width} px wide`).toBeLessThanOrEqual(0)
  }
})

test('who leaves the line finds what he typed, and his place when he comes back', async ({ page }) => {
  const typeId = await ticketTypeId()
  await comeFirst(typeId)
  await comeFirst(typeId)
  await page.goto(stack.url + demoEvent(info, 'on_sale').path)
  const email = someAddress('leaver')
  await orderTickets(page, { Vault: 1 }, { name: 'Ana Müller', email })
  const timer = page.getByRole('timer')
  const first = Number.parseInt((await timer.textContent()) ?? '', 10)
  await page.getByRole('button', { name: 'Leave the line' }).click()
  await expect(timer).toBeHidden()
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveValue(email)

  await comeFirst(typeId)
  await page.getByRole('button', { name: /^Pay/ }).click()
  await expect(timer).toBeVisible()
  expect(Number.parseInt((await timer.textContent()) ?? '', 10)).toBeLessThanOrEqual(first)
})
