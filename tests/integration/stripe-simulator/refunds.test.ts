import { describe, expect, test, vi } from 'vitest'
import { card, control, order, paidOrder, post, refusalOf, start, startReceiver } from './shop.ts'

describe('refunds', () => {
  test('parts can be refunded until nothing is left', async () => {
    const { webhook, events, types } = await startReceiver()
    const { stripe } = await start({ webhook })
    const { paymentIntent } = await paidOrder(stripe)
    const metadata = { ticket: 'tkt_1' }
    const first = await stripe.refunds.create({
      payment_intent: paymentIntent,
      amount: 1000,
      reason: 'requested_by_customer',
      metadata,
    })
    expect(first).toMatchObject({
      object: 'refund',
      amount: 1000,
      currency: 'eur',
      status: 'succeeded',
      payment_intent: paymentIntent,
      metadata,
    })
    expect(await refusalOf(stripe.refunds.create({ payment_intent: paymentIntent, amount: 4901 }))).toMatchObject({
      ...{ statusCode: 400, param: 'amount' },
      message: 'Refund amount (€49.01) is greater than unrefunded amount on charge (€49.00)',
    })
    const rest = await stripe.refunds.create({ payment_intent: paymentIntent }, { idempotencyKey: 'rest' })
    expect(rest.amount).toBe(4900)
    expect(await refusalOf(stripe.refunds.create({ payment_intent: paymentIntent, amount: 1 }))).toMatchObject({
      ...{ statusCode: 400, code: 'charge_already_refunded' },
    })
    expect((await stripe.refunds.retrieve(first.id, { expand: ['charge'] })).charge).toMatchObject({
      amount_refunded: 5900,
      refunded: true,
    })
    expect((await stripe.refunds.list({ payment_intent: paymentIntent })).data.map(({ id }) => id)).toEqual([
      rest.id,
      first.id,
    ])
    expect((await stripe.refunds.list({ payment_intent: 'pi_other' })).data).toEqual([])
    await vi.waitFor(() => expect(types().filter((type) => type === 'charge.refunded')).toHaveLength(2))
    await vi.waitFor(() => expect(types().filter((type) => type === 'refund.updated')).toHaveLength(2))
    const byRequest = events.find(
      ({ type, request }) => type === 'refund.created' && request?.idempotency_key === 'rest',
    )
    expect(byRequest?.data.object).toMatchObject({ id: rest.id })
  })

  test('what was not paid cannot be refunded', async () => {
    const { stripe } = await start()
    const { id, url } = await stripe.checkout.sessions.create(order())
    await post(url, card('4000000000000002'))
    const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(id)
    expect((await refusalOf(stripe.refunds.create({ payment_intent: String(intent) }))).message).toContain(
      'does not have a successful charge',
    )
    expect(await refusalOf(stripe.refunds.create({ payment_intent: 'pi_no' }))).toMatchObject({
      statusCode: 404,
      param: 'payment_intent',
    })
    expect(await refusalOf(stripe.refunds.create({}))).toMatchObject({ statusCode: 400 })
    expect(await refusalOf(stripe.refunds.create({ payment_intent: String(intent), amount: 0 }))).toMatchObject({
      param: 'amount',
    })
  })

  test('fifty refunds of a third at once pay back three thirds at most', async () => {
    const { stripe } = await start()
    const { paymentIntent } = await paidOrder(stripe)
    const ask = () => stripe.refunds.create({ payment_intent: paymentIntent, amount: 1966 }).catch(() => null)
    const refunds = await Promise.all(Array.from({ length: 50 }, ask))
    expect(refunds.filter((refund) => refund !== null)).toHaveLength(3)
  })

  test('a refund may stay pending and fail later, which gives the money back to the charge', async () => {
    const { webhook, types } = await startReceiver()
    const { simulator, stripe } = await start({ webhook })
    const { paymentIntent } = await paidOrder(stripe, '4000000000007726')
    const slow = await stripe.refunds.create({ payment_intent: paymentIntent })
    expect(slow.status).toBe('pending')
    await control(simulator, 'settle-refund', { refund: slow.id, outcome: 'succeeded' })
    expect((await stripe.refunds.retrieve(slow.id)).status).toBe('succeeded')
    await control(simulator, 'settle-refund', { refund: slow.id, outcome: 'failed' })
    expect((await stripe.refunds.retrieve(slow.id, { expand: ['charge'] })).charge).toMatchObject({
      amount_refunded: 0,
      refunded: false,
    })
    await vi.waitFor(() => expect(types()).toContain('refund.failed'))
  })
})
