import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { control, order, paidOrder, refusalOf, start } from './shop.ts'

describe('outages', () => {
  test('down answers 503 with an error, unreachable hangs up, and both pass', async () => {
    const { simulator, stripe } = await start()
    await control(simulator, 'outage', { mode: 'down' })
    expect(await refusalOf(stripe.events.list())).toMatchObject({ statusCode: 503, rawType: 'api_error' })
    await control(simulator, 'outage', { mode: 'unreachable' })
    await expect(stripe.events.list()).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError)
    await control(simulator, 'outage', { mode: 'none' })
    expect((await stripe.events.list()).data).toEqual([])
  })

  test('errors do nothing; slow answers take their time', async () => {
    const { simulator, stripe } = await start()
    await control(simulator, 'outage', { mode: 'errors', rate: 1 })
    expect(await refusalOf(stripe.checkout.sessions.create(order()))).toMatchObject({ statusCode: 500 })
    await control(simulator, 'outage', { mode: 'slow', milliseconds: 150 })
    const startedAt = performance.now()
    expect((await stripe.checkout.sessions.list()).data).toEqual([])
    expect(performance.now() - startedAt).toBeGreaterThan(140)
  })

  test('too many requests are answered with 429, which the SDK knows', async () => {
    const { simulator, stripe } = await start()
    await control(simulator, 'outage', { mode: 'rate_limited', rate: 1 })
    await expect(stripe.events.list()).rejects.toBeInstanceOf(Stripe.errors.StripeRateLimitError)
  })

  test('when the answer is lost, a retry with the key gets the session that was made', async () => {
    const { simulator, stripe } = await start()
    const params = order()
    await control(simulator, 'outage', { mode: 'lost_answers', rate: 1 })
    await expect(stripe.checkout.sessions.create(params, { idempotencyKey: 'k' })).rejects.toBeInstanceOf(
      Stripe.errors.StripeConnectionError,
    )
    await control(simulator, 'outage', { mode: 'none' })
    const { id } = await stripe.checkout.sessions.create(params, { idempotencyKey: 'k' })
    expect((await stripe.checkout.sessions.list()).data.map((session) => session.id)).toEqual([id])
  })

  test('an unknown control or a wrong value is refused with a reason', async () => {
    const { simulator } = await start()
    await expect(control(simulator, 'explode')).rejects.toThrow('No such control')
    await expect(control(simulator, 'outage', { mode: 'flood' })).rejects.toThrow()
    await expect(control(simulator, 'advance-clock', { seconds: -5 })).rejects.toThrow()
  })

  test('the control page lists the routes, and its buttons work without script', async () => {
    const { simulator, stripe } = await start()
    await paidOrder(stripe)
    const page = await (await fetch(`${simulator.url}/`)).text()
    for (const name of ['pause', 'resume', 'redeliver', 'advance-clock', 'outage', 'reset'])
      expect(page).toContain(name)
    const pressed = await fetch(`${simulator.url}/_control/reset`, {
      method: 'POST',
      headers: { accept: 'text/html' },
      redirect: 'manual',
    })
    expect(pressed.status).toBe(303)
    expect((await stripe.checkout.sessions.list()).data).toEqual([])
  })
})
