import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Stripe from 'stripe'
import { afterEach, expect } from 'vitest'
import { type StripeSimulator, type StripeSimulatorOptions, startStripeSimulator } from '#infra/local/stripe/start.ts'

export const SECRET_KEY = 'sk_test_simulated'
export const SECRET = 'whsec_simulated'
export const closers: (() => Promise<unknown> | unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

export const client = (port: number, key = SECRET_KEY) =>
  new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 })

export async function start(options: Partial<StripeSimulatorOptions> = {}) {
  const simulator = await startStripeSimulator({ port: 0, secretKey: SECRET_KEY, ...options })
  let isOpen = true
  const close = async () => {
    if (isOpen) await simulator.close()
    isOpen = false
  }
  closers.push(close)
  return { simulator, stripe: client(simulator.port), close }
}

/** A shop's webhook endpoint, which checks each signature and answers as `answer` says. */
export async function startReceiver(answer: (event: Stripe.Event, count: number) => number = () => 200) {
  const events: Stripe.Event[] = []
  const received: { body: Buffer; signature: string }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const signature = String(request.headers['stripe-signature'])
      const body = Buffer.concat(chunks)
      received.push({ body, signature })
      const event = Stripe.webhooks.constructEvent(body, signature, SECRET)
      events.push(event)
      response.writeHead(answer(event, events.length)).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no address')
  const types = () => events.map(({ type }) => type)
  return {
    events,
    received,
    types,
    webhook: { url: `http://127.0.0.1:${address.port}/hook`, secret: SECRET, retryMilliseconds: 10 },
  }
}

export const minutesAhead = (minutes: number) => Math.floor(Date.now() / 1000) + minutes * 60

export function order(changes: Partial<Stripe.Checkout.SessionCreateParams> = {}): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    line_items: [
      {
        quantity: 2,
        price_data: { currency: 'eur', unit_amount: 2450, product_data: { name: 'Stalls & <b>balcony</b>' } },
      },
      { quantity: 1, price_data: { currency: 'eur', unit_amount: 1000, product_data: { name: 'Programme' } } },
    ],
    client_reference_id: 'ord_1',
    metadata: { order: 'ord_1' },
    payment_intent_data: { metadata: { order: 'ord_1', venue: 'Teatro' } },
    customer_email: 'ana@example.org',
    expires_at: minutesAhead(31),
    success_url: 'https://shop.example/thanks?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://shop.example/basket',
    ...changes,
  }
}

export function post(url: string | null, form: Record<string, string>) {
  if (!url) throw new Error('the session has no page')
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
}

export const card = (cardNumber: string) => ({
  ...{ payment_method: 'card', email: 'ana@example.org', billingName: 'Ana Ruiz' },
  ...{ cardNumber, cardExpiry: '12 / 34', cardCvc: '123' },
})

export async function control(simulator: StripeSimulator, name: string, body: object = {}) {
  const response = await fetch(`${simulator.url}/_control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error.message)
  return answer.result
}

export async function paidOrder(stripe: Stripe, number = '4242 4242 4242 4242') {
  const { id, url } = await stripe.checkout.sessions.create(order())
  expect((await post(url, card(number))).status).toBe(303)
  const session = await stripe.checkout.sessions.retrieve(id)
  return { session, paymentIntent: String(session.payment_intent) }
}

export async function refusalOf(promise: Promise<unknown>) {
  const fault = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(fault instanceof Stripe.errors.StripeError)) throw new Error(`expected Stripe to refuse, got ${String(fault)}`)
  const { statusCode, rawType, code, param, message, requestId } = fault
  expect(requestId).toMatch(/^req_/)
  return { statusCode, rawType, code, param, message }
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stripe-simulator-'))
  closers.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
