import { afterAll, beforeAll, expect, test } from 'vitest'
import { reopenPayment } from '#functions/usecases/open-payment.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { paidCheckout, request, type Sales, sampleEvent, startSales } from '#tests/support/sales.ts'

let sales: Sales

beforeAll(async () => {
  sales = await startSales()
})
afterAll(() => sales.close())

test('a held order of an event that was cancelled meanwhile is no longer paid or prolonged', async () => {
  const event = await sales.addEvent()
  const { order } = await sales.buy(request(event))
  await sales.changeEvent(event, { status: 'cancelled', saleState: 'cancelled' })
  expect(await reopenPayment(sales.ports, await sales.orderOf(order))).toMatchObject({ ok: false })
})

test('a payment that arrives after the event was cancelled goes back and makes no ticket', async () => {
  const event = await sales.addEvent()
  const { order } = await sales.buy(request(event))
  await sales.changeEvent(event, { status: 'cancelled', saleState: 'cancelled' })
  await receivePayment(sales.ports, paidCheckout(await sales.orderOf(order))).catch(() => undefined)
  const after = await sales.orderOf(order)
  expect(after.ticketIds).toEqual([])
  expect(after.refunds).toMatchObject([{ amountMinor: order.total.amountMinor }])
  expect(await sales.poolOf(event)).toMatchObject({ sold: 0 })
})

test('a price above what the payment provider takes is an answer to the buyer, not a fault that keeps his places', async () => {
  const sample = sampleEvent()
  const event = await sales.addEvent({
    ...sample,
    ticketTypes: sample.ticketTypes.map((type) => ({ ...type, priceMinor: 100_000_000 })),
  })
  const refused = await sales.buy(request(event)).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Error)
  expect(String(refused)).toMatch(/Error: [a-z_]+$/)
  expect(await sales.poolOf(event)).toMatchObject({ held: 0 })
})
