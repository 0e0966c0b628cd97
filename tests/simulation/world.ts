import type { EventRecord } from '#domain/catalog.ts'
import { sumShards } from '#domain/stock.ts'
import { createCancellationStore } from '#functions/store/cancellations.ts'
import { createEventOrderStore } from '#functions/store/event-orders.ts'
import { createEventStockStore } from '#functions/store/event-stock.ts'
import { createEventStore } from '#functions/store/events.ts'
import { dueBuckets, eventBuckets } from '#functions/store/keys.ts'
import { createMessageStore } from '#functions/store/messages.ts'
import { createOrderStore } from '#functions/store/orders.ts'
import { createScanStore } from '#functions/store/scans.ts'
import { createStockStore } from '#functions/store/stock.ts'
import { createTicketStore } from '#functions/store/tickets.ts'
import type { CheckoutRequest, RefundRequest } from '#functions/usecases/payment-provider.ts'
import { tables } from '#infra/tables.ts'
import { beginning } from './event.ts'
import { createFaults, databaseRefusal, databaseTimeOut, type FaultPlan, providerSilence } from './faults.ts'
import type { Guards } from './guards.ts'
import { clientOf } from './memory-dynamo/client.ts'
import { createMemoryDynamo } from './memory-dynamo/database.ts'
import type { StreamRecord } from './memory-dynamo/table.ts'
import { createPost } from './post.ts'
import { createMemoryProvider, type ProviderManners } from './provider.ts'
import { createScheduler, type Plan, type Process, startProcess } from './scheduler.ts'
import { pauseIn } from './virtual-timers.ts'

/** Between two steps the true clock moves by up to this much. */
const longestStepMs = 40

export interface WorldOptions {
  readonly plan: Plan
  readonly faults: FaultPlan
  readonly guards: Guards
  readonly manners: ProviderManners
  /** How far the clocks of processes are ahead, in turn. */
  readonly skewsMs: readonly number[]
  readonly onCommit: (records: readonly StreamRecord[]) => void
}

export type World = ReturnType<typeof createWorld>
export type Ports = ReturnType<World['portsOf']>

/** Documents are not what is simulated: an empty one stands for each. */
const paper = {
  signTicket: () => 'code',
  renderPdf: async () => new Uint8Array(),
  files: {
    readFile: async () => null,
    readEtag: async () => null,
    putFile: async () => true,
    signUrl: async () => '',
  },
}

/** A database, a payment provider and a clock, and processes that run the product's own use cases and stores on them. */
export function createWorld({ plan, faults: faultPlan, guards, manners, skewsMs, onCommit }: WorldOptions) {
  const clock = { ms: beginning }
  const scheduler = createScheduler(plan, (count) => {
    faults.at(count)
    clock.ms += scheduler.chance(longestStepMs)
  })
  const faults = createFaults(scheduler, faultPlan)
  pauseIn({
    scheduler,
    advance: (ms) => {
      clock.ms += ms
    },
  })
  const database = createMemoryDynamo(tables, {
    onCommit(records) {
      onCommit(records)
      post.follow(records)
    },
  })
  const post = createPost()
  const provider = createMemoryProvider(() => new Date(clock.ms).toISOString(), manners)
  const acts = guards.payments(provider.acts)
  const errors: unknown[] = []
  let visits = 0

  const calm = clientOf(async (command) => database.execute(command))

  function portsOf(process: Process) {
    const client = clientOf((command) => {
      const sent = guards.database(command)
      const act = () => guards.answer(sent, database.execute(sent))
      const refusal = (kind: 'refused' | 'throttled') => databaseRefusal(command, kind)
      return faults.call({ process, act, refusal, timeOut: databaseTimeOut })
    })
    const ask = <T>(act: () => T) => faults.call({ process, act, refusal: providerSilence, timeOut: providerSilence })
    const now = () => new Date(clock.ms + process.skewMs).toISOString()
    const events = createEventStore(client, 'catalog')
    const stock = createStockStore(client, 'sales')
    const orders = createOrderStore(client, 'sales')
    const tickets = createTicketStore(client, 'sales')
    const cancellations = createCancellationStore(client, 'sales')
    return {
      orders,
      tickets,
      getEvent: events.getEvent,
      payments: {
        openCheckout: (request: CheckoutRequest) => ask(() => acts.openCheckout(request)),
        readCheckout: (sessionId: string) => ask(() => acts.readCheckout(sessionId)),
        closeCheckout: (sessionId: string) => ask(() => acts.closeCheckout(sessionId)),
        refund: (request: RefundRequest) => ask(() => acts.refund(request)),
        readRefund: (providerId: string) => ask(() => acts.readRefund(providerId)),
        readEvent: async () => null,
      },
      orderUrl: (orderId: string) => `https://marquee.test/order/#${orderId}`,
      now,
      dueOrderIds: orders.dueOrderIds,
      dueBuckets,
      cancellations,
      bucketOrderIds: createEventOrderStore(client, 'sales').bucketOrderIds,
      eventBuckets,
      report: (_: string, __: string, error: unknown) => errors.push(error),
      change: {
        stock: async (pools: EventRecord['pools']) => sumShards(await stock.readShards(pools)),
        save: createEventStockStore(events, stock, cancellations).saveWithStock,
        now,
      },
      tell: {
        orders,
        tickets,
        getEvent: events.getEvent,
        ...paper,
        messages: createMessageStore(client, 'sales'),
        mail: post.mail((act) => ask(act)),
        now,
      },
      scans: {
        ...createScanStore(client, 'sales'),
        ticket: tickets.getTicket,
        verifyTicket: (code: string) => ({ ok: true as const, eventId: code.slice(0, 30), ticketId: code.slice(30) }),
        now,
      },
    }
  }

  /** One request, webhook or run of the sweeper, in a process of its own; undefined when it failed or died. */
  function visit<T>(name: string, body: (ports: Ports) => Promise<T>): Promise<T | undefined> {
    const process = startProcess(name, skewsMs[visits++ % skewsMs.length])
    return new Promise((resolve) => {
      process.onDeath = () => resolve(undefined)
      body(portsOf(process)).then(resolve, (error: unknown) => {
        errors.push(error)
        resolve(undefined)
      })
    })
  }

  async function open(event: EventRecord): Promise<void> {
    const stock = createStockStore(calm, 'sales')
    const outcome = await createEventStore(calm, 'catalog').createEvent(event, event.pools.flatMap(stock.openPool))
    if (outcome !== 'created') throw new Error(`the event is ${outcome}`)
  }

  return { scheduler, faults, database, provider, post, clock, errors, calm, portsOf, visit, open }
}
