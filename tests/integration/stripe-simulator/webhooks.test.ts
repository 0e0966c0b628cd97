import { once } from 'node:events'
import { createServer } from 'node:http'
import Stripe from 'stripe'
import { describe, expect, test, vi } from 'vitest'
import { closers, control, order, paidOrder, SECRET, start, startReceiver } from './shop.ts'

describe('webhooks', () => {
  test('a signed event tells of each change, and can be asked for again', async () => {
    const { webhook, events, types } = await startReceiver()
    const { stripe } = await start({ webhook })
    const { session } = await paidOrder(stripe)
    await vi.waitFor(() => expect(types()).toHaveLength(4))
    expect(types().toSorted()).toEqual([
      'charge.succeeded',
      'checkout.session.completed',
      'payment_intent.created',
      'payment_intent.succeeded',
    ])
    const completed = events.find(({ type }) => type === 'checkout.session.completed')
    expect(completed).toMatchObject({
      ...{
        object: 'event',
        api_version: Stripe.API_VERSION,
        livemode: false,
        request: { id: null, idempotency_key: null },
      },
      data: { object: { id: session.id, payment_status: 'paid', amount_total: 5900, client_reference_id: 'ord_1' } },
    })
    const listed = await stripe.events.list({ type: 'checkout.session.completed' })
    expect(listed.data.map(({ id }) => id)).toEqual([completed?.id])
    expect((await stripe.events.retrieve(completed?.id ?? '')).data.object).toMatchObject({ id: session.id })
    expect((await stripe.events.list({ types: ['charge.succeeded', 'payment_intent.created'] })).data).toHaveLength(2)
  })

  test('a signature is good for its own body, its own secret and five minutes only', async () => {
    const { webhook, received } = await startReceiver()
    const { stripe } = await start({ webhook })
    await paidOrder(stripe)
    await vi.waitFor(() => expect(received).toHaveLength(4))
    const [{ body, signature } = { body: Buffer.alloc(0), signature: '' }] = received
    expect(signature).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/)
    expect(Stripe.webhooks.constructEvent(body, signature, SECRET).object).toBe('event')
    const forged = Buffer.from(body.toString().replace('"livemode": false', '"livemode": true'))
    const later = Date.now() + 301_000
    expect(() => Stripe.webhooks.constructEvent(forged, signature, SECRET)).toThrow('No signatures found')
    expect(() => Stripe.webhooks.constructEvent(body, signature, 'whsec_other')).toThrow('No signatures found')
    expect(() => Stripe.webhooks.constructEvent(body, signature, SECRET, 300, undefined, later)).toThrow('tolerance')
  })

  test('an event is sent again, as the same event, until the receiver answers 2xx', async () => {
    const { webhook, events } = await startReceiver((_, count) => (count < 4 ? 500 : 200))
    const { simulator, stripe } = await start({ webhook })
    const { id } = await stripe.checkout.sessions.create(order())
    await stripe.checkout.sessions.expire(id)
    await vi.waitFor(() => expect(events).toHaveLength(4))
    expect(new Set(events.map((event) => event.id)).size).toBe(1)
    await vi.waitFor(async () => {
      const { events: deliveries } = await (await fetch(`${simulator.url}/_control/events`)).json()
      expect(deliveries).toMatchObject([
        { state: 'delivered', attempts: [{ status: 500 }, { status: 500 }, { status: 500 }, { status: 200 }] },
      ])
    })
    expect((await stripe.events.retrieve(events[0]?.id ?? '')).pending_webhooks).toBe(0)
  })

  test('a receiver that never answers holds up neither the API nor the page', async () => {
    const server = createServer(() => {})
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    closers.push(() => {
      server.closeAllConnections()
      server.close()
    })
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const { stripe } = await start({ webhook: { url: `http://127.0.0.1:${port}/`, secret: SECRET } })
    for (let n = 0; n < 5; n++) await paidOrder(stripe)
    expect((await stripe.charges.list()).data).toHaveLength(5)
  })

  test('while paused nothing is sent; resuming sends what was queued', async () => {
    const { webhook, types } = await startReceiver()
    const { simulator, stripe } = await start({ webhook })
    await control(simulator, 'pause')
    await paidOrder(stripe)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(types()).toEqual([])
    await control(simulator, 'resume')
    await vi.waitFor(() => expect(types()).toHaveLength(4))
  })

  test('what is discarded is never sent, but the API still knows it', async () => {
    const { webhook, types } = await startReceiver()
    const { simulator, stripe } = await start({ webhook })
    await control(simulator, 'pause')
    const { session } = await paidOrder(stripe)
    expect(await control(simulator, 'discard')).toEqual({ discarded: 4 })
    await control(simulator, 'resume')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(types()).toEqual([])
    expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid')
  })

  test('an event can be redelivered many times at once', async () => {
    const { webhook, events } = await startReceiver()
    const { simulator, stripe } = await start({ webhook })
    await paidOrder(stripe)
    await vi.waitFor(() => expect(events).toHaveLength(4))
    await control(simulator, 'redeliver', { type: 'checkout.session.completed', times: 10 })
    expect(events).toHaveLength(14)
    expect(events.filter(({ type }) => type === 'checkout.session.completed')).toHaveLength(11)
    await control(simulator, 'redeliver')
    expect(events).toHaveLength(18)
    await expect(control(simulator, 'redeliver', { event: 'evt_no' })).rejects.toThrow('No such event')
  })

  test('duplicates and another order can be switched on', async () => {
    const { webhook, events } = await startReceiver()
    const { simulator, stripe } = await start({ webhook })
    await control(simulator, 'duplicates', { copies: 2 })
    await control(simulator, 'shuffle', { on: true })
    await paidOrder(stripe)
    await vi.waitFor(() => expect(events).toHaveLength(12), 5000)
    expect(new Set(events.map(({ id }) => id)).size).toBe(4)
  })
})
