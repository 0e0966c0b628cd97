import type { EventRecord } from '#domain/catalog.ts'
import { sumShards } from '#domain/stock.ts'
import { createCancellationStore } from '#functions/store/cancellations.ts'
import { createDiscountCodeStore } from '#functions/store/discount-codes.ts'
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
import { beginning, type CodeShape, codeName, codeOf, eventId } from './event.ts'
import { createFaults, databaseRefusal, databaseTimeOut, type FaultPlan, providerSilence } from './faults.ts'
import type { Guards } from './guards.ts'
import { halfOf } from './half.ts'
import { clientOf } from './memory-dynamo/client.ts'
import { createMemoryDynamo } from './memory-dynamo/database.ts'
import type { StreamRecord } from './memory-dynamo/table.ts'
import { createPost } from './post.ts'
import { createMemoryProvider, type News, type ProviderManners } from './provider.ts'
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
  const pass = (ms: number) => {
    clock.ms += ms
  }
  const scheduler = createScheduler(plan, (count) => {
    faults.at(count)
    pass(scheduler.chance(longestStepMs))
  })
  const faults = createFaults(scheduler, faultPlan, pass)
  pauseIn({ scheduler, advance: pass })
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
      const kind = command.constructor.name
      const sent = guards.database(command)
      const act = () => guards.answer(sent, guards.execute(sent, database.execute))
      const half = halfOf(sent)
      const actPartly = half && (() => half.answer(database.execute(half.command)))
      const refusal = (how: 'refused' | 'throttled') => databaseRefusal(command, how)
      return faults.call({ process, kind, act, actPartly, refusal, timeOut: databaseTimeOut })
    })
    const ask = <T>(kind: string, act: () => T) =>
      faults.call({ process, kind, act, refusal: providerSilence, timeOut: providerSilence })
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
        openCheckout: (request: CheckoutRequest) => ask('openCheckout', () => acts.openCheckout(request)),
        readCheckout: (sessionId: string) => ask('readCheckout', () => acts.readCheckout(sessionId)),
        closeCheckout: (sessionId: string) => ask('closeCheckout', () => acts.closeCheckout(sessionId)),
        refund: (request: RefundRequest) => ask('refund', () => acts.refund(request)),
        readRefund: (providerId: string) => ask('readRefund', () => acts.readRefund(providerId)),
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
      codes: createDiscountCodeStore(client, 'sales'),
      saleState: {
        getEvent: events.getEvent,
        readShards: stock.readShards,
        updateSaleState: events.updateSaleState,
        dueEventIds: events.dueEventIds,
        now,
        report: (_: string, __: string, error: unknown) => errors.push(error),
      },
      readNews: (news: News) => ask('readNews', () => guards.news(provider.read(news), provider)),
      tell: {
        orders,
        tickets,
        getEvent: events.getEvent,
        ...paper,
        messages: createMessageStore(client, 'sales'),
        mail: post.mail((act) => ask('mail', act)),
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

  async function open(event: EventRecord, code: CodeShape | null): Promise<void> {
    const stock = createStockStore(calm, 'sales')
    const outcome = await createEventStore(calm, 'catalog').createEvent(event, event.pools.flatMap(stock.openPool))
    if (outcome !== 'created') throw new Error(`the event is ${outcome}`)
    if (code) await createDiscountCodeStore(calm, 'sales').putCode(eventId, codeName, codeOf(code), 0)
  }

  return { skewsMs, scheduler, faults, database, provider, post, clock, errors, calm, portsOf, visit, open }
}
