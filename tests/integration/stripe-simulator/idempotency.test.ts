import { describe, expect, test } from 'vitest'
import { control, order, paidOrder, refusalOf, start } from './shop.ts'

describe('idempotency keys', () => {
  test('twenty equal requests at once make one session and get one answer', async () => {
    const { stripe } = await start()
    const params = order()
    const send = () => stripe.checkout.sessions.create(params, { idempotencyKey: 'key-1' })
    const answers = await Promise.all(Array.from({ length: 20 }, send))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect((await stripe.checkout.sessions.list({ limit: 100 })).data).toHaveLength(1)
    expect((await send()).lastResponse.headers['idempotent-replayed']).toBe('true')
  })

  test('without a common key the same requests make twenty sessions', async () => {
    const { stripe } = await start()
    await Promise.all(Array.from({ length: 20 }, () => stripe.checkout.sessions.create(order())))
    expect((await stripe.checkout.sessions.list({ limit: 100 })).data).toHaveLength(20)
  })

  test('a key used again for something else is refused', async () => {
    const { stripe } = await start()
    await stripe.checkout.sessions.create(order(), { idempotencyKey: 'key-1' })
    const misuse = { statusCode: 400, rawType: 'idempotency_error' }
    const other = stripe.checkout.sessions.create(order({ client_reference_id: 'ord_2' }), { idempotencyKey: 'key-1' })
    expect(await refusalOf(other)).toMatchObject(misuse)
    expect(await refusalOf(stripe.refunds.create({ charge: 'ch_1' }, { idempotencyKey: 'key-1' }))).toMatchObject(
      misuse,
    )
  })

  test('a key is forgotten after a day', async () => {
    const { simulator, stripe } = await start()
    const { paymentIntent } = await paidOrder(stripe)
    const refund = () =>
      stripe.refunds.create({ payment_intent: paymentIntent, amount: 1 }, { idempotencyKey: 'key-1' })
    const first = await refund()
    await control(simulator, 'advance-clock', { seconds: 23 * 3600 })
    expect((await refund()).id).toBe(first.id)
    await control(simulator, 'advance-clock', { seconds: 3600 })
    expect((await refund()).id).not.toBe(first.id)
  })

  test('a refusal by the state is repeated; a malformed request may be corrected under its key', async () => {
    const { stripe } = await start()
    const { paymentIntent } = await paidOrder(stripe)
    await stripe.refunds.create({ payment_intent: paymentIntent })
    const again = () => stripe.refunds.create({ payment_intent: paymentIntent }, { idempotencyKey: 'refund-2' })
    expect(await refusalOf(again())).toEqual(await refusalOf(again()))

    await refusalOf(stripe.checkout.sessions.create(order({ success_url: 'nowhere' }), { idempotencyKey: 'key-2' }))
    const corrected = await stripe.checkout.sessions.create(order(), { idempotencyKey: 'key-2' })
    expect(corrected.status).toBe('open')
  })
})
