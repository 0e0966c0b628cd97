import type Stripe from 'stripe'
import { describe, expect, test, vi } from 'vitest'
import { card, control, minutesAhead, order, paidOrder, post, refusalOf, start, startReceiver } from './shop.ts'

describe('Checkout Sessions', () => {
  test('a session carries what the shop asked for, and is found again with its lines', async () => {
    const { simulator, stripe } = await start()
    const created = await stripe.checkout.sessions.create(order())
    expect(created).toMatchObject({
      ...{ object: 'checkout.session', status: 'open', payment_status: 'unpaid', mode: 'payment', livemode: false },
      ...{ amount_subtotal: 5900, amount_total: 5900, currency: 'eur', client_reference_id: 'ord_1' },
      ...{ customer_email: 'ana@example.org', metadata: { order: 'ord_1' }, payment_intent: null },
    })
    expect(created.id).toMatch(/^cs_test_\w{58}$/)
    expect(created.url).toBe(`${simulator.url}/c/pay/${created.id}`)
    expect(created.lastResponse.requestId).toMatch(/^req_\w{14}$/)

    const found = await stripe.checkout.sessions.retrieve(created.id, { expand: ['line_items'] })
    expect(
      found.line_items?.data.map(({ description, quantity, amount_total }) => [description, quantity, amount_total]),
    ).toEqual([
      ['Stalls & <b>balcony</b>', 2, 4900],
      ['Programme', 1, 1000],
    ])
    const lines = await stripe.checkout.sessions.listLineItems(created.id, { limit: 1 })
    expect(lines).toMatchObject({ object: 'list', has_more: true })
    expect(lines.data[0]?.price).toMatchObject({ unit_amount: 2450, currency: 'eur', type: 'one_time' })
  })

  test('a public address replaces the own one in the page’s link', async () => {
    const { stripe } = await start({ publicUrl: 'https://pay.localhost:8443/' })
    const { id, url } = await stripe.checkout.sessions.create(order())
    expect(url).toBe(`https://pay.localhost:8443/c/pay/${id}`)
  })

  test.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, object]>([
    ['too early an end', { expires_at: minutesAhead(29) }, { param: 'expires_at', message: /at least 30 minutes/ }],
    [
      'too late an end',
      { expires_at: minutesAhead(24 * 60 + 2) },
      { param: 'expires_at', message: /less than 24 hours/ },
    ],
    ['no lines', { line_items: [] }, { code: 'parameter_missing', param: 'line_items' }],
    ['a relative address', { success_url: '/thanks' }, { code: 'url_invalid', param: 'success_url' }],
    ['a bad e-mail address', { customer_email: 'ana' }, { code: 'email_invalid', message: /ana/ }],
    ['a long reference', { client_reference_id: 'x'.repeat(201) }, { param: 'client_reference_id' }],
    ['a long metadata value', { metadata: { note: 'x'.repeat(501) } }, { param: 'metadata[note]' }],
    ['a subscription', { mode: 'subscription' }, { param: 'mode' }],
  ])('%s is refused as Stripe refuses it', async (_, changes, expected) => {
    const { stripe } = await start()
    const refusal = await refusalOf(stripe.checkout.sessions.create(order(changes)))
    expect(refusal).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error' })
    for (const [field, value] of Object.entries(expected)) {
      const actual = Reflect.get(refusal, field)
      if (value instanceof RegExp) expect(actual).toMatch(value)
      else expect(actual).toBe(value)
    }
  })

  test.each<[string, object, object]>([
    [
      'a fraction of a cent',
      { unit_amount: 10.5 },
      { param: 'line_items[0][price_data][unit_amount]', code: 'parameter_invalid_integer' },
    ],
    ['a negative price', { unit_amount: -1 }, { param: 'line_items[0][price_data][unit_amount]' }],
    ['an unknown currency', { currency: 'xxq' }, { param: 'line_items[0][price_data][currency]' }],
    [
      'an unknown field',
      { unit_amonut: 1 },
      { param: 'line_items[0][price_data][unit_amonut]', code: 'parameter_unknown' },
    ],
    ['less than Stripe charges', { unit_amount: 10 }, { code: 'amount_too_small' }],
  ])('%s in a line is refused by its bracketed name', async (_, changes, expected) => {
    const { stripe } = await start()
    const price_data = { currency: 'eur', unit_amount: 2450, product_data: { name: 'Stalls' }, ...changes }
    expect(
      await refusalOf(stripe.checkout.sessions.create(order({ line_items: [{ quantity: 1, price_data }] }))),
    ).toMatchObject({
      statusCode: 400,
      ...expected,
    })
  })

  test('lines in two currencies are refused', async () => {
    const { stripe } = await start()
    const line = (currency: string) => ({
      quantity: 1,
      price_data: { currency, unit_amount: 900, product_data: { name: 'A' } },
    })
    const refusal = await refusalOf(stripe.checkout.sessions.create(order({ line_items: [line('eur'), line('usd')] })))
    expect(refusal.message).toContain('same currency')
  })

  test('an open session can be expired once; then it can neither be expired nor paid', async () => {
    const { webhook, types } = await startReceiver()
    const { stripe } = await start({ webhook })
    const { id, url } = await stripe.checkout.sessions.create(order())
    expect(await stripe.checkout.sessions.expire(id)).toMatchObject({ status: 'expired', url: null })
    expect(await refusalOf(stripe.checkout.sessions.expire(id))).toMatchObject({
      statusCode: 400,
      message:
        'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of `expired`.',
    })
    const page = await post(url, card('4242424242424242'))
    expect(page.status).toBe(410)
    expect(await page.text()).toContain('This payment page has expired')
    expect((await stripe.charges.list()).data).toEqual([])
    await vi.waitFor(() => expect(types()).toEqual(['checkout.session.expired']))
  })

  test('a paid session cannot be expired', async () => {
    const { stripe } = await start()
    const { session } = await paidOrder(stripe)
    expect((await refusalOf(stripe.checkout.sessions.expire(session.id))).message).toContain('status of `complete`')
  })

  test('a session ends by the clock, and one made after the clock was advanced has its whole time', async () => {
    const { webhook, types } = await startReceiver()
    const { simulator, stripe } = await start({ webhook })
    const early = await stripe.checkout.sessions.create(order())
    await control(simulator, 'advance-clock', { seconds: 20 * 60 })
    expect((await stripe.checkout.sessions.retrieve(early.id)).status).toBe('open')
    const late = await stripe.checkout.sessions.create(order())
    await control(simulator, 'advance-clock', { seconds: 12 * 60 })
    expect((await stripe.checkout.sessions.retrieve(early.id)).status).toBe('expired')
    expect((await stripe.checkout.sessions.retrieve(late.id)).status).toBe('open')
    await vi.waitFor(() => expect(types()).toEqual(['checkout.session.expired']))
  })

  test('sessions are listed newest first, a page at a time, by payment and by time', async () => {
    const { stripe } = await start()
    const ids: string[] = []
    for (let n = 0; n < 5; n++) ids.unshift((await stripe.checkout.sessions.create(order())).id)
    const listed: string[] = []
    for await (const session of stripe.checkout.sessions.list({ limit: 2 })) listed.push(session.id)
    expect(listed).toEqual(ids)
    const before = await stripe.checkout.sessions.list({ limit: 2, ending_before: ids[3] ?? '' })
    expect(before.data.map(({ id }) => id)).toEqual(ids.slice(1, 3))
    expect(before.has_more).toBe(true)

    const { session, paymentIntent } = await paidOrder(stripe)
    const byPayment = await stripe.checkout.sessions.list({
      payment_intent: paymentIntent,
      expand: ['data.payment_intent'],
    })
    expect(byPayment.data).toMatchObject([
      { id: session.id, payment_intent: { id: paymentIntent, status: 'succeeded' } },
    ])
    expect((await stripe.checkout.sessions.list({ created: { gte: minutesAhead(1) } })).data).toEqual([])
    expect((await stripe.checkout.sessions.list({ created: { gte: minutesAhead(-1) }, limit: 100 })).data).toHaveLength(
      6,
    )
    expect((await stripe.checkout.sessions.list({ status: 'complete' })).data).toHaveLength(1)
    expect(await refusalOf(stripe.checkout.sessions.list({ limit: 101 }))).toMatchObject({ param: 'limit' })
  })
})
