import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { AttributeValue, DynamoDBStreamEvent } from 'aws-lambda'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { releaseHold } from '#domain/order-changes.ts'
import type { Order } from '#domain/orders.ts'
import { handler } from '#functions/fulfilment/index.ts'
import { salesKeys } from '#functions/store/keys.ts'
import { app } from '#functions/tickets/routes.ts'
import { cancelOrder } from '#functions/usecases/cancel-order.ts'
import { endCancelledOrder } from '#functions/usecases/end-cancelled-order.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { logger } from '#functions/wiring.ts'
import { type RunningMail, startMail } from '#infra/local/mail.ts'
import { type RunningS3, startS3Server } from '#infra/local/s3/server.ts'
import { browser } from '#tests/support/api.ts'
import { decodeQr, rasterisePdf } from '#tests/support/pdf.ts'
import { paidCheckout, pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'

let sales: Sales
let mail: RunningMail
let s3: RunningS3
let folder: string
beforeAll(async () => {
  sales = await startSales()
  folder = await mkdtemp(join(tmpdir(), 'fulfilment-'))
  mail = await startMail({ port: 0 })
  s3 = await startS3Server({
    port: 0,
    folder,
    accessKeyId: 'test',
    secretAccessKey: 'test',
    region: 'us-east-1',
    buckets: ['files'],
  })
  Object.assign(process.env, { AWS_ENDPOINT_URL_S3: s3.url, AWS_ENDPOINT_URL_SESV2: mail.url })
}, 30_000)
afterAll(async () => {
  await Promise.all([sales.close(), mail.close(), s3.close()])
  await rm(folder, { recursive: true })
})

/** The records that the sales stream would bring of these changes of one order. */
function streamOf(...versions: readonly (Order | null)[]): DynamoDBStreamEvent {
  const image = (order: Order | null | undefined) =>
    order ? (marshall({ ...order, ...salesKeys.order(order.id) }, { removeUndefinedValues: true }) as Image) : undefined
  return {
    Records: versions.slice(1).map((after, at) => {
      const [OldImage, NewImage] = [image(versions[at]), image(after)]
      const Keys = marshall(salesKeys.order(after?.id ?? '')) as Image
      return {
        eventName: OldImage ? 'MODIFY' : 'INSERT',
        dynamodb: {
          Keys,
          SequenceNumber: String(at + 1),
          ...(OldImage ? { OldImage } : {}),
          ...(NewImage ? { NewImage } : {}),
        },
      }
    }),
  }
}
type Image = Record<string, AttributeValue>

async function paidOrder(event: EventRecord, quantity = 2) {
  const { order: held } = await sales.buy(request(event, quantity))
  const before = await sales.orderOf(held)
  await receivePayment(sales.ports, paidCheckout(before))
  return { before, order: await sales.orderOf(held) }
}

const inbox = async (
  orderId: string,
): Promise<{ subject: string; body: { text: string }; attachments: { filename: string }[] }[]> => {
  const { emails } = await (await fetch(`${mail.url}/store`)).json()
  return emails.filter((one: { body: { text: string } }) => one.body.text.includes(orderId))
}

test('a paid order sends its tickets once, however often and from wherever the stream brings it', async () => {
  const event = await sales.addEvent()
  const { before, order } = await paidOrder(event)
  const stream = streamOf(null, before, order)
  const answers = await Promise.all([handler(stream), handler(stream), handler(streamOf(before, order))])
  expect(answers).toEqual(Array(3).fill({ batchItemFailures: [] }))
  expect(await handler(stream)).toEqual({ batchItemFailures: [] })
  const mails = await inbox(order.id)
  expect(mails).toHaveLength(1)
  expect(mails[0]?.subject).toBe('Your tickets: Late Set')
  expect(mails[0]?.attachments.map(({ filename }) => filename)).toEqual(['tickets.pdf', 'event.ics'])
}, 40_000)

test('a held order sends nothing', async () => {
  const event = await sales.addEvent()
  const { order } = await sales.buy(request(event, 1))
  await handler(streamOf(null, order))
  expect(await inbox(order.id)).toEqual([])
})

test('when the mail cannot leave, the record is named as failed and the next delivery sends it', async () => {
  const event = await sales.addEvent()
  const { before, order } = await paidOrder(event, 1)
  const key = salesKeys.ticket(order.ticketIds[0] ?? '')
  await setPrice(key, 'broken')
  const logged = vi.spyOn(logger(), 'error').mockImplementation(() => {})
  expect(await handler(streamOf(before, order))).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] })
  expect(logged).toHaveBeenCalledTimes(1)
  logged.mockRestore()
  await setPrice(key, order.total)
  expect(await handler(streamOf(before, order))).toEqual({ batchItemFailures: [] })
  expect(await inbox(order.id)).toHaveLength(1)
})

test('a payment that bought nothing, and a cancelled order, are told to the buyer once', async () => {
  const floor = pool(1)
  const event = await sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id])] })
  const { order: held } = await sales.buy(request(event, 1))
  await sales.ports.orders.commitChange(releaseHold(await sales.orderOf(held), 'expired', sales.ports.now()))
  const taken = await paidOrder(event, 1)
  const before = await sales.orderOf(held)
  await receivePayment({ ...sales.ports, payments: unrefunded() }, paidCheckout(before))
  const late = await sales.orderOf(held)
  await handler(streamOf(before, late))
  await handler(streamOf(before, late))
  expect((await inbox(held.id)).map(({ subject }) => subject)).toEqual(['No tickets, money back: Late Set'])

  await cancelOrder({ ...sales.ports, payments: unrefunded() }, taken.order.id)
  await handler(streamOf(taken.order, await sales.orderOf(taken.order)))
  expect((await inbox(taken.order.id)).map(({ subject }) => subject)).toEqual(['Refund of €25.00: Late Set'])
})

test('who held tickets of a cancelled event is told once, with what he gets back; so is who had paid nothing', async () => {
  const floor = pool(20)
  const free = ticketType([floor.id], { priceMinor: 0 })
  const event = await sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id]), free] })
  const { order: paid } = await paidOrder(event, 2)
  const { order: gift } = await sales.buy(request(event, 1, { lines: [{ ticketTypeId: free.id, quantity: 1 }] }))
  await sales.changeEvent(event, { status: 'cancelled', saleState: 'cancelled' })
  for (const order of [paid, gift]) {
    await endCancelledOrder({ ...sales.ports, payments: unrefunded() }, order.id)
    const ended = await sales.orderOf(order)
    await Promise.all([handler(streamOf(order, ended)), handler(streamOf(order, ended))])
    await handler(streamOf(null, order, ended))
    const mails = await inbox(order.id)
    expect(mails.map(({ subject }) => subject)).toEqual(['Cancelled: Late Set'])
    expect(mails[0]?.body.text.includes('€50.00')).toBe(order === paid)
  }
}, 30_000)

test('the page learns when the event is nearly sold out, sold out and open again', async () => {
  const floor = pool(20)
  const event = await sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id])] })
  const state = async () => (await sales.ports.getEvent(event.id))?.saleState
  const { before, order } = await paidOrder(event, 10)
  await handler(streamOf(before, order))
  expect(await state()).toBe('low')
  const { order: held } = await sales.buy(request(event, 10))
  await handler(streamOf(null, held))
  expect(await state()).toBe('sold_out')
  const full = await sales.orderOf(held)
  await sales.ports.orders.commitChange(releaseHold(full, 'expired', sales.ports.now()))
  await handler(streamOf(full, await sales.orderOf(held)))
  expect(await state()).toBe('low')
  expect((await sales.ports.getEvent(event.id))?.version).toBe(event.version)
})

test('the page learns which pool is empty while others still sell, and when it has places again', async () => {
  const [balcony, floor] = [pool(2), pool(200)]
  const event = await sales.addEvent({
    pools: [balcony, floor],
    ticketTypes: [ticketType([balcony.id]), ticketType([floor.id])],
  })
  const pageOf = async () => {
    const { saleState, emptyPoolIds } = (await sales.ports.getEvent(event.id)) ?? {}
    return { saleState, emptyPoolIds }
  }
  const { order: held } = await sales.buy(request(event, 2))
  await handler(streamOf(null, held))
  expect(await pageOf()).toEqual({ saleState: 'on_sale', emptyPoolIds: [balcony.id] })
  const full = await sales.orderOf(held)
  await sales.ports.orders.commitChange(releaseHold(full, 'expired', sales.ports.now()))
  await handler(streamOf(full, await sales.orderOf(held)))
  expect(await pageOf()).toEqual({ saleState: 'on_sale', emptyPoolIds: [] })
})

test('the PDF of an order has its codes; one ticket has its own; a revoked one has none', async () => {
  const event = await sales.addEvent()
  const { order } = await paidOrder(event, 2)
  const guest = browser(app)
  const withKey = { 'x-order-key': sales.signer.orderKey(order.id) }
  const [ticketId = ''] = order.ticketIds
  const pdfAt = async (path: string) => {
    const answer = await guest.call('GET', path, undefined, withKey)
    expect(answer.status).toBe(302)
    const file = await fetch(answer.headers.get('location') ?? '')
    expect(file.headers.get('content-type')).toBe('application/pdf')
    expect(file.headers.get('content-disposition')).toMatch(/tickets?-ord_\w+\.pdf/)
    return new Uint8Array(await file.arrayBuffer())
  }
  const whole = await pdfAt(`/api/orders/${order.id}/tickets.pdf`)
  for (const [page, id] of order.ticketIds.entries())
    expect(await decodeQr(await rasterisePdf(whole, { page }))).toEqual([
      sales.signer.signTicket({ eventId: event.id, ticketId: id }),
    ])
  const single = await pdfAt(`/api/tickets/${ticketId}.pdf`)
  expect(await decodeQr(await rasterisePdf(single))).toHaveLength(1)
  expect(await pdfAt(`/api/orders/${order.id}/tickets.pdf`)).toEqual(whole)

  const paths = [`/api/orders/${order.id}/tickets.pdf`, `/api/tickets/${ticketId}.pdf`]
  for (const path of paths) expect((await guest.call('GET', path)).status).toBe(404)
  await cancelOrder({ ...sales.ports, payments: unrefunded() }, order.id)
  for (const path of paths) expect((await guest.call('GET', path, undefined, withKey)).json.code).toBe('order_not_paid')
  const { order: held } = await sales.buy(request(event, 1))
  const heldKey = { 'x-order-key': sales.signer.orderKey(held.id) }
  expect((await guest.call('GET', `/api/orders/${held.id}/tickets.pdf`, undefined, heldKey)).json.code).toBe(
    'order_not_paid',
  )
}, 30_000)

/** The made-up payments of this file are not in Stripe's books. */
const unrefunded = () => ({
  ...sales.ports.payments,
  refund: async ({ refundId }: { refundId: string }) => ({
    providerId: `re_${refundId}`,
    status: 'succeeded' as const,
  }),
})

const setPrice = (Key: { pk: string; sk: string }, price: unknown) =>
  sales.client.send(
    new UpdateCommand({
      TableName: sales.table,
      Key,
      UpdateExpression: 'SET price = :price',
      ExpressionAttributeValues: { ':price': price },
    }),
  )
