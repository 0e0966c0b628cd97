import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import Stripe from 'stripe'
import { createStripeProvider } from '#functions/gateways/stripe.ts'
import { createEventStore } from '#functions/store/events.ts'
import { dueBuckets } from '#functions/store/keys.ts'
import { createOrderStore } from '#functions/store/orders.ts'
import { createTicketStore } from '#functions/store/tickets.ts'
import { type SweepSummary, sweepHolds } from '#functions/usecases/sweep-holds.ts'
import type { LocalInfo } from '#infra/local/local-pages/info.ts'
import { tablePrefix } from '#infra/local/stack/environment.ts'

const SWEEP_MS = 30_000

export type BackOffice = ReturnType<typeof openBackOffice>

/** The product's own stores and use cases on the emulators of a stack that runs in another process. */
export function openBackOffice(info: LocalInfo) {
  const database = new DynamoDBClient({
    endpoint: info.dynamodb,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const client = DynamoDBDocumentClient.from(database, { marshallOptions: { removeUndefinedValues: true } })
  const tables = { catalog: `${tablePrefix}catalog`, sales: `${tablePrefix}sales` }
  const { hostname, port } = new URL(info.stripe)
  const stripe = new Stripe('sk_test_local', { host: hostname, port, protocol: 'http', telemetry: false })
  const orders = createOrderStore(client, tables.sales)
  const { getEvent } = createEventStore(client, tables.catalog)

  return {
    ...{ client, tables, stripe, orders, getEvent, mailUrl: info.mail },

    /** The minute's work as it will be done in so many minutes. */
    sweepIn(minutes: number): Promise<SweepSummary> {
      const ports = {
        orders,
        tickets: createTicketStore(client, tables.sales),
        payments: createStripeProvider(stripe, 'whsec_not_used_by_the_sweeper'),
        getEvent,
        orderUrl: (orderId: string) => `${info.site}/order/#id=${orderId}`,
        now: () => new Date(Date.now() + minutes * 60_000).toISOString(),
        dueOrderIds: orders.dueOrderIds,
        dueBuckets,
        report: (problem: string, orderId: string, error: unknown) => console.error(problem, orderId, error),
      }
      return sweepHolds(ports, Date.now() + SWEEP_MS)
    },

    /** One of the simulator's control routes; its state afterwards. */
    async control(action: string, body: object = {}): Promise<{ queued: number; sessions: number }> {
      const answer = await fetch(`${info.stripe}/_control/${action}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(`the simulator's ${action} answered ${answer.status}`)
      return (await answer.json()).state
    },

    async paymentState(): Promise<{ queued: number; sessions: number }> {
      return (await fetch(`${info.stripe}/_control/state`)).json()
    },

    close: () => database.destroy(),
  }
}
