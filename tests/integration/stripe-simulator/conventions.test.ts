import { describe, expect, test } from 'vitest'
import { startStripeSimulator } from '#infra/local/stripe/start.ts'
import { client, closers, order, paidOrder, refusalOf, start } from './shop.ts'

describe('the conventions of the API', () => {
  test('a request without the secret key is refused with 401', async () => {
    const { simulator } = await start()
    expect(await refusalOf(client(simulator.port, 'sk_test_other').checkout.sessions.list())).toMatchObject({
      statusCode: 401,
    })
    const bare = await fetch(`${simulator.url}/v1/checkout/sessions`)
    expect(bare.status).toBe(401)
    expect(await bare.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
  })

  test('without a set key any test key will do, and no other', async () => {
    const simulator = await startStripeSimulator({ port: 0 })
    closers.push(() => simulator.close())
    expect((await client(simulator.port, 'sk_test_any').events.list()).data).toEqual([])
    expect(await refusalOf(client(simulator.port, 'sk_live_any').events.list())).toMatchObject({ statusCode: 401 })
  })

  test('what does not exist is a 404 that names it', async () => {
    const { simulator, stripe } = await start()
    const missing = { statusCode: 404, rawType: 'invalid_request_error', code: 'resource_missing' }
    expect(await refusalOf(stripe.checkout.sessions.retrieve('cs_no'))).toMatchObject({
      ...missing,
      message: "No such checkout.session: 'cs_no'",
    })
    expect(await refusalOf(stripe.paymentIntents.retrieve('pi_no'))).toMatchObject({ ...missing, param: 'intent' })
    expect(await refusalOf(stripe.charges.retrieve('ch_no'))).toMatchObject(missing)
    expect(await refusalOf(stripe.refunds.retrieve('re_no'))).toMatchObject(missing)
    expect(await refusalOf(stripe.events.retrieve('evt_no'))).toMatchObject(missing)
    expect(await refusalOf(stripe.customers.create({ email: 'a@b.example' }))).toMatchObject({ statusCode: 404 })
    expect((await fetch(`${simulator.url}/nowhere`)).status).toBe(401)
  })

  test('only what refers to an object can be expanded', async () => {
    const { stripe } = await start()
    const { session } = await paidOrder(stripe)
    const expanded = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent.latest_charge.balance_transaction', 'customer'],
    })
    expect(expanded.payment_intent).toMatchObject({
      latest_charge: { balance_transaction: { amount: 5900, fee: 201, net: 5699 } },
    })
    expect(
      (await refusalOf(stripe.checkout.sessions.retrieve(session.id, { expand: ['currency'] }))).message,
    ).toContain('cannot be expanded')
  })

  test('a request that is refused has done nothing', async () => {
    const { stripe } = await start()
    await refusalOf(stripe.checkout.sessions.create(order({ expand: ['nothing'] })))
    expect((await stripe.checkout.sessions.list()).data).toEqual([])
    const { paymentIntent } = await paidOrder(stripe)
    await refusalOf(stripe.refunds.create({ payment_intent: paymentIntent, expand: ['nothing'] }))
    expect((await stripe.refunds.list()).data).toEqual([])
    expect((await stripe.refunds.create({ payment_intent: paymentIntent })).amount).toBe(5900)
  })

  test('the API version that the caller asked for is accepted', async () => {
    const { stripe } = await start()
    const { lastResponse } = await stripe.checkout.sessions.create(order(), { apiVersion: '2024-06-20' })
    expect(lastResponse.headers['stripe-version']).toBe('2024-06-20')
  })
})
