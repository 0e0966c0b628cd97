import { describe, expect, test, vi } from 'vitest'
import { control, order, paidOrder, post, refusalOf, start, startReceiver } from './shop.ts'

describe('bank debits and disputes', () => {
  test.each([
    ['succeeded', 'paid', 'checkout.session.async_payment_succeeded'],
    ['failed', 'unpaid', 'checkout.session.async_payment_failed'],
  ])('a debit completes unpaid and later %s', async (outcome, paymentStatus, type) => {
    const { webhook, events, types } = await startReceiver()
    const { simulator, stripe } = await start({ webhook })
    const { id, url } = await stripe.checkout.sessions.create(order())
    expect((await post(url, { payment_method: 'bank_debit', email: 'a@b.example', billingName: 'Ana' })).status).toBe(
      303,
    )
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
    await vi.waitFor(() => expect(types()).toContain('checkout.session.completed'))
    await control(simulator, 'settle-debit', { session: id, outcome })
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe(paymentStatus)
    await vi.waitFor(() => expect(types()).toContain(type))
    expect(events.find((event) => event.type === type)?.data.object).toMatchObject({
      id,
      payment_status: paymentStatus,
    })
    await expect(control(simulator, 'settle-debit', { session: id, outcome })).rejects.toThrow('does not wait')
  })

  test('a session for cards only offers and takes no debit', async () => {
    const { stripe } = await start()
    const { url } = await stripe.checkout.sessions.create(order({ allowed_payment_method_types: ['card'] }))
    expect(await (await fetch(url ?? '')).text()).not.toContain('bank debit')
    expect((await post(url, { payment_method: 'bank_debit', billingName: 'Ana' })).status).toBe(422)
  })

  test('a disputed charge cannot be refunded', async () => {
    const { webhook, types } = await startReceiver()
    const { simulator, stripe } = await start({ webhook })
    const { paymentIntent } = await paidOrder(stripe)
    const dispute = await control(simulator, 'dispute', { payment_intent: paymentIntent })
    expect(await refusalOf(stripe.refunds.create({ payment_intent: paymentIntent }))).toMatchObject({
      code: 'charge_disputed',
    })
    expect((await stripe.disputes.list({ payment_intent: paymentIntent })).data).toMatchObject([
      { id: dispute.id, amount: 5900 },
    ])
    await control(simulator, 'close-dispute', { dispute: dispute.id, outcome: 'won' })
    expect((await stripe.disputes.retrieve(dispute.id)).status).toBe('won')
    await vi.waitFor(() =>
      expect(types()).toEqual(expect.arrayContaining(['charge.dispute.created', 'charge.dispute.closed'])),
    )
  })
})
