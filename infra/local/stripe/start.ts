import { Hono } from 'hono'
import { expireDueSessions } from './account/sessions.ts'
import { stripeApi } from './api/api.ts'
import { startClock } from './clock.ts'
import { controlRoutes } from './control/routes.ts'
import type { Control } from './control/state.ts'
import { type Fetch, serve } from './http.ts'
import { openLedger } from './ledger/ledger.ts'
import { retentionAt } from './ledger/retention.ts'
import { withOutage } from './outage.ts'
import { hostedPages } from './page/routes.ts'
import { startPostman } from './webhooks/deliveries.ts'
import type { Webhook } from './webhooks/webhook.ts'
import type { World } from './world.ts'

export type StripeSimulatorOptions = {
  /** 0 takes a free port. */
  port: number
  /** Default 127.0.0.1. */
  host?: string
  /** Where the journal is kept; without it everything is forgotten at the end. */
  folder?: string
  webhook?: Webhook
  /** Where browsers reach this server, if not at its own address. */
  publicUrl?: string
  /** The only key that is accepted; without it any `sk_test_…` is. */
  secretKey?: string
}

export type StripeSimulator = { url: string; port: number; close(): Promise<void> }

const SWEEP_MILLISECONDS = 1000

/** Starts a Stripe with one account, in which the `stripe` package, a buyer's browser and tests meet. */
export async function startStripeSimulator(options: StripeSimulatorOptions): Promise<StripeSimulator> {
  const { host = '127.0.0.1', folder, webhook, secretKey } = options
  const ledger = openLedger(folder, retentionAt(Date.now() / 1000))
  let answer: Fetch = async () => null
  const server = await serve((request) => answer(request), { host, port: options.port })
  const url = `http://${host}:${server.port}`

  const publicUrl = (options.publicUrl ?? url).replace(/\/$/, '')
  const world: World = { ledger, clock: startClock(ledger), publicUrl, hasWebhook: webhook !== undefined }
  const postman = startPostman(world, webhook)
  const control: Control = { world, postman, outage: { mode: 'none' } }
  const app = new Hono()
  app.route('/', controlRoutes(control))
  app.route('/', hostedPages(world))
  app.route('/', stripeApi(world, secretKey))
  answer = withOutage(
    () => control.outage,
    async (request) => app.fetch(request),
  )
  const sweep = setInterval(() => sweepSessions(world), SWEEP_MILLISECONDS)

  return {
    url,
    port: server.port,
    async close() {
      clearInterval(sweep)
      await Promise.all([server.close(), postman.close()])
      ledger.close()
    },
  }
}

function sweepSessions(world: World) {
  try {
    world.ledger.batch(() => expireDueSessions(world))
  } catch (fault) {
    console.error('The Stripe simulator could not record an expired session', fault)
  }
}
