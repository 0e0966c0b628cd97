import { GetCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { OrganiserAct, Scenario } from './acts.ts'
import type { CodeShape } from './event.ts'
import { allGuards, type ConditionName, type Guards, withoutConditions } from './guards.ts'
import { type Item, isList, isMap, toItem } from './memory-dynamo/values.ts'
import type { Rule } from './rules.ts'

export interface Control {
  readonly guard: string
  readonly guards?: Guards
  /** A rule of the domain that does not hold meanwhile. */
  readonly rule?: Rule
  /** Makes of each scenario one in which the guard matters. */
  readonly among?: (one: Scenario) => Scenario
  /** What must be found to be broken. */
  readonly breaks: RegExp
}

export const conditions = {
  stock: { key: 'POOL#', text: /#left >= :leftNeeded/ },
  held: { key: 'POOL#', text: /#held >= :heldNeeded/ },
  sold: { key: 'POOL#', text: /#sold >= :soldNeeded/ },
  resize: { key: 'POOL#', text: /#left >= :least/ },
  untouched: { key: 'POOL#', text: /#left = #capacity/ },
  orderIsNew: { key: 'ORDER#', text: /attribute_not_exists\(pk\)/ },
  orderIsUnchanged: { key: 'ORDER#', text: /#version = :version/ },
  withinLimit: { key: 'LIMIT#', text: /taken <= :room/ },
  withinUses: { key: 'CODE#', text: /uses <= :roomForUses/ },
  withinBudget: { key: 'CODE#', text: /spentMinor <= :roomForSpending/ },
  codeIsUnchanged: { key: 'CODE#', text: /#version = :version/ },
  codeEditIsCurrent: { key: 'CODE#', text: /#version = :before/ },
  ticketIsNew: { key: 'TICKET#', text: /attribute_not_exists\(pk\)/ },
  ticketIsUnused: { key: 'TICKET#', text: /^#status = :valid AND admission = :none$/ },
  ticketMayEnter: { key: 'TICKET#', text: /#status = :valid AND eventId = :eventId AND admission = :none/ },
  scanIsNew: { key: 'SCAN#', text: /attribute_not_exists\(pk\)/ },
  eventIsCurrent: { key: 'EVENT#', text: /#version = :version/ },
  saleStateIsCurrent: { key: 'EVENT#', text: /saleState = :saleState/ },
  cancellationIsNew: { key: 'CANCELLATION#', text: /attribute_not_exists\(pk\)/ },
  cancellationIsCurrent: { key: 'CANCELLATION#', text: /#version = :before/ },
  letterIsUnsent: { key: 'ORDER#', text: /attribute_not_exists\(sentAt\)/ },
  letterIsUnclaimed: { key: 'ORDER#', text: /claimedUntil <= :now/ },
} satisfies Record<string, ConditionName>

export const without = (...names: ConditionName[]): Guards => ({
  ...allGuards,
  database: withoutConditions(...names),
})

/** The stock goes back without asking whether somebody has paid for it meanwhile. */
const withoutAsking: Guards = {
  ...allGuards,
  payments: (acts) => ({
    ...acts,
    closeCheckout: (sessionId) => ({ ...acts.readCheckout(sessionId), state: 'closed' }),
  }),
}

/** What is read of each item is something else than what is stored. */
const reading = (key: string, change: (item: Item) => object): Guards => ({
  ...allGuards,
  answer(command, answer) {
    if (!(command instanceof GetCommand) || !('Item' in answer)) return answer
    const item = toItem(Object(answer.Item))
    return String(item.pk).startsWith(key) ? { Item: change(item) } : answer
  },
})

/** What is written of each item is something else than what was decided. */
const writing = (key: string, change: (item: object) => object): Guards => ({
  ...allGuards,
  database(command) {
    if (command instanceof PutCommand && String(command.input.Item?.pk).startsWith(key))
      return new PutCommand({ ...command.input, Item: { ...change(command.input.Item ?? {}) } })
    if (!(command instanceof TransactWriteCommand)) return command
    const { TransactItems = [], ...input } = command.input
    const items = TransactItems.map((item) => {
      if (!item.Put || !String(item.Put.Item?.pk).startsWith(key)) return item
      return { Put: { ...item.Put, Item: { ...change(item.Put.Item ?? {}) } } }
    })
    return new TransactWriteCommand({ ...input, TransactItems: items })
  },
})

/** The order does not remember which payment it was sold for. */
const forgetfulOrders = reading('ORDER#', (item) => {
  if (!isMap(item.payment)) return item
  const { paymentIntentId: _, ...payment } = item.payment
  return { ...item, payment }
})

/** A refund that was made elsewhere is not known again. */
const forgetfulRefunds = reading('ORDER#', ({ refunds, ...item }) => ({
  ...item,
  refunds: (isList(refunds) ? refunds : []).map((one) =>
    isMap(one) && one.cause === 'at_provider' ? { ...one, providerId: `${one.providerId}?` } : one,
  ),
}))

const forgetfulDisputes = reading('ORDER#', (item) => ({ ...item, disputes: [] }))

/** A request that comes again is not known again. */
const forgetfulRequests = reading('ORDER#', ({ refunds, ...item }) => ({
  ...item,
  refunds: (isList(refunds) ? refunds : []).map((one) =>
    isMap(one) && isMap(one.request) ? { ...one, request: { ...one.request, key: `${one.request.key}?` } } : one,
  ),
}))

const readingEvents = (change: (event: Item) => object): Guards =>
  reading('EVENT#', ({ record, ...item }) => ({ ...item, record: JSON.stringify(change(JSON.parse(String(record)))) }))

/** Whoever looks at the event still sees it on sale. */
const unawareOfTheEnd = readingEvents((event) => ({ ...event, status: 'published' }))

const withoutTokens: Guards = {
  ...allGuards,
  database(command) {
    if (!(command instanceof TransactWriteCommand)) return command
    const { ClientRequestToken: _, ...input } = command.input
    return new TransactWriteCommand(input)
  },
}

/** Sales are counted right after they were made, on their own. */
const countedApart: Guards = {
  ...allGuards,
  execute(command, execute) {
    if (!(command instanceof TransactWriteCommand)) return execute(command)
    const { TransactItems = [], ...input } = command.input
    const counts = TransactItems.flatMap(({ Update }) => (String(Update?.Key?.pk).startsWith('STATS#') ? [Update] : []))
    const rest = TransactItems.filter(({ Update }) => !counts.includes(Update))
    const answer = execute(new TransactWriteCommand({ ...input, TransactItems: rest }))
    for (const count of counts) if (count) execute(new UpdateCommand(count))
    return answer
  },
}

/** The page is never in the books that the sweeper reads. */
const unstoredPages = writing('ORDER#', (item) => {
  const isHeld = 'status' in item && item.status === 'held'
  return isHeld ? { ...item, payment: null } : item
})

/** No request can come late: what is cancelled is gone through once. */
const withoutStragglers = writing('CANCELLATION#', (item) => ({ ...item, startedAt: '2027-01-01T00:00:00.000Z' }))

/** The end of the event is forgotten when its process dies. */
const forgottenEnd: Guards = {
  ...allGuards,
  database(command) {
    if (!(command instanceof TransactWriteCommand)) return command
    const { TransactItems = [], ...input } = command.input
    const rest = TransactItems.filter(({ Put }) => !String(Put?.Item?.pk).startsWith('CANCELLATION#'))
    return new TransactWriteCommand({ ...input, TransactItems: rest })
  },
}

/** The news of a payment does not come by itself: whoever gives stock back must ask. */
function loseWebhooks(one: Scenario): Scenario {
  const deliveries = Array.from({ length: 12 }, () => ({ pick: 0, how: 'never' as const }))
  return { ...one, deliveries, provider: { ...one.provider, closesPages: true } }
}

const calmly = (one: Scenario): Scenario => ({ ...one, faults: [], skewsMs: [0], clock: [] })

const atOnce = (one: Scenario): Scenario => ({
  ...one,
  ...{ money: [], deliveries: [], letters: [], faults: [] },
  plan: { ...one.plan, disorder: 500 },
  buyers: one.buyers.map((buyer) => ({ ...buyer, standing: 1, acts: [{ kind: 'order' }], beside: [] })),
  clock: Array.from({ length: 8 }, () => ({ kind: 'sweep', times: 1 })),
  desks: [[{ kind: 'cancelEvent', onceSold: false }]],
  event: { ...one.event, priceMinor: 0, earlyBirds: null },
})

/** The clock of an event that is cancelled: its orders are gone through at once, and again when the last straggler has come. */
const twice: Scenario['clock'] = [
  { kind: 'sweep', times: 2 },
  { kind: 'advance', minutes: 3 },
  ...Array.from({ length: 4 }, () => ({ kind: 'sweep', times: 2 }) as const),
]

const cancelled = (one: Scenario): Scenario => ({
  ...one,
  clock: twice,
  desks: [[{ kind: 'cancelEvent', onceSold: true }]],
})

/** Free tickets, and nothing else is written but their end, which the database does not do for a long time. */
const stubbornly = (one: Scenario): Scenario => ({
  ...cancelled(one),
  ...{ money: [], deliveries: [], letters: [], skewsMs: [0] },
  event: { ...one.event, priceMinor: 0, earlyBirds: null, code: null },
  buyers: [{ address: 0, standing: 1, seated: 0, hasCode: false, acts: [{ kind: 'order' }], beside: [] }],
  faults: Array.from({ length: 80 }, (_, at) => [`TransactWriteCommand ${at + 2}`, 'unheard'] as const),
})

/** Two desks cancel the event at the same moment. */
export const twiceAtOnce = (one: Scenario): Scenario => ({
  ...one,
  desks: [[{ kind: 'cancelEvent', onceSold: false }], [{ kind: 'cancelEvent', onceSold: false }]],
})

/** Desks edit, and half of what they commit is asked for twice. */
const repeatedly = (one: Scenario): Scenario => ({
  ...one,
  desks: [[{ kind: 'resize', pool: 'floor', capacity: one.event.capacity + 1 }]],
  faults: Array.from({ length: 12 }, (_, at) => [`TransactWriteCommand ${at * 2 + 1}`, 'repeated'] as const),
})

/** Banks answer when the event has been over for long. */
const slowly = (one: Scenario): Scenario => ({
  ...one,
  buyers: one.buyers.map((buyer) => ({ ...buyer, acts: [{ kind: 'order' }, { kind: 'paySlowly' }], beside: [] })),
  clock: [...Array.from({ length: 40 }, () => ({ kind: 'advance', minutes: 0 }) as const), ...twice, ...twice],
  desks: [[{ kind: 'wait' }, { kind: 'cancelEvent', onceSold: false }]],
  event: { ...one.event, priceMinor: 2500, code: null },
  banksAgree: true,
})

/** A part goes back, nobody hears of it, and it is asked for again a day later. */
const dayAfter = (one: Scenario): Scenario => ({
  ...one,
  ...{ money: [], skewsMs: [0], refundAnswers: ['succeeded'] },
  event: { ...one.event, priceMinor: 2500, code: null, capacity: 6 },
  buyers: [
    { address: 0, standing: 3, seated: 0, hasCode: false, acts: [{ kind: 'order' }, { kind: 'pay' }], beside: [] },
  ],
  desks: [[{ kind: 'refund', buyer: 0, wish: 'amount', key: 0, times: 1 }]],
  faults: [['refund 0', 'lost']],
  clock: [...Array.from({ length: 40 }, () => ({ kind: 'advance', minutes: 0 }) as const), aDay, sweepOnce],
})
const aDay = { kind: 'advance', minutes: 1500 } as const
const sweepOnce = { kind: 'sweep', times: 1 } as const

const paysAtOnce = [{ kind: 'order' }, { kind: 'pay' }] as const

/** Everybody pays, and complains at his bank, which sides with him. */
const disputed = (one: Scenario): Scenario => ({
  ...one,
  event: { ...one.event, priceMinor: 2500, code: null },
  buyers: one.buyers.map((buyer) => ({ ...buyer, acts: [...paysAtOnce, ...buyer.acts] })),
  money: [0, 1].map((pick) => ({ kind: 'dispute', pick }) as const),
  banksAgree: false,
})

/** Half of the complaints are still before the bank, and news of them comes twice. */
const complained = (one: Scenario): Scenario => ({
  ...disputed(one),
  clock: [
    ...Array.from({ length: 20 }, () => ({ kind: 'advance', minutes: 0 }) as const),
    { kind: 'banks', agree: false },
  ],
  deliveries: Array.from({ length: 12 }, () => ({ pick: 0, how: 'twice' }) as const),
})

const askedBack = (one: Scenario): Scenario => ({
  ...disputed(one),
  desks: [[0, 1].map((buyer) => ({ kind: 'refund', buyer, wish: 'amount', key: buyer, times: 1 }) as const)],
})

/** Two amounts that are more than a ticket cost. */
const asksTwice = (one: Scenario): Scenario => ({
  ...disputed(one),
  ...{ money: [], faults: [] },
  event: { ...one.event, priceMinor: 2500, code: null, fee: null, tax: null, earlyBirds: null },
  buyers: [{ address: 0, standing: 1, seated: 0, hasCode: false, acts: paysAtOnce, beside: [] }],
  desks: [[0, 1].map((key) => ({ kind: 'refund', buyer: 0, wish: 'amount', key, times: 1 }) as const)],
})

/** A code that few may use is edited while it is used. */
const codeEdited = (one: Scenario): Scenario => ({
  ...one,
  event: { ...one.event, priceMinor: 2500, capacity: 6, code: { ...firstCode, maxUses: 4 } },
  buyers: one.buyers.map((buyer) => ({ ...buyer, hasCode: true })),
  desks: [[{ kind: 'editCode', code: firstCode }]],
})
const firstCode: CodeShape = {
  discount: { kind: 'percent', basisPoints: 5000 },
  ...{ maxUses: 1, budgetMinor: null, unlocksSeats: false },
}

const withStanding = (change: (type: Item) => object): Guards =>
  readingEvents(({ ticketTypes, ...event }) => ({
    ...event,
    ticketTypes: (isList(ticketTypes) ? ticketTypes : []).map((type) => (isMap(type) ? change(type) : type)),
  }))

/** Whoever looks at the event sees it on sale at its first price, at any time. */
const unawareOfWindows = withStanding(({ salesStartAt: _, salesEndAt: __, ...type }) => type)
const unawareOfPrices = withStanding((type) => ({ ...type, priceMinor: 2500 }))

const desk =
  (act: OrganiserAct) =>
  (one: Scenario): Scenario => ({
    ...one,
    event: { ...one.event, priceMinor: 2500 },
    desks: [[act]],
  })

/** Whoever sends a refund takes it to be new. */
const withoutLooking: Guards = {
  ...allGuards,
  payments: (acts) => ({
    ...acts,
    refund: (request) => acts.refund({ ...request, owedSince: '2999-01-01T00:00:00.000Z' }),
  }),
}

export const controls: readonly Control[] = [
  { guard: 'a place is taken only while one is left', guards: without(conditions.stock), breaks: /stock adds up/ },
  { guard: 'capacity shrinks only by what is left', guards: without(conditions.resize), breaks: /stock adds up/ },
  {
    guard: 'one key, one order',
    guards: without(conditions.orderIsNew),
    breaks: /is sold as orders say|holds nothing/,
  },
  {
    guard: 'an order changes only from what was decided on',
    guards: without(conditions.orderIsUnchanged),
    breaks: /stock adds up|is sold as orders say|tickets|refund|unexpected/,
  },
  { guard: 'no buyer goes over the limit', guards: without(conditions.withinLimit), breaks: /buyer within limit/ },
  { guard: 'no code goes over its uses', guards: without(conditions.withinUses), breaks: /within its uses/ },
  { guard: 'no code goes over its budget', guards: without(conditions.withinBudget), breaks: /within its budget/ },
  {
    guard: 'a code is used as it stands now',
    guards: without(conditions.codeIsUnchanged),
    among: codeEdited,
    breaks: /within its (uses|budget)/,
  },
  { guard: 'a used ticket is not given back', guards: without(conditions.ticketIsUnused), breaks: /used ticket/ },
  { guard: 'a ticket enters once', guards: without(conditions.ticketMayEnter), breaks: /enters once|admission/ },
  { guard: 'a scan is recorded once', guards: without(conditions.scanIsNew), breaks: /answered alike|admitted/ },
  {
    guard: 'an edit starts from what is stored',
    guards: without(conditions.eventIsCurrent),
    breaks: /event's capacity/,
  },
  {
    guard: 'an event is withdrawn only while nothing of it is held or sold',
    guards: without(conditions.untouched),
    among: desk({ kind: 'withdraw', returns: false }),
    breaks: /waits for nobody|over or paid|has its places|withdrawn event/,
  },
  {
    guard: 'sales keep to their window',
    guards: unawareOfWindows,
    among: desk({ kind: 'setWindow', sales: 'over' }),
    breaks: /while sales are open/,
  },
  {
    guard: 'an order is priced by the event as it stands',
    guards: unawareOfPrices,
    among: desk({ kind: 'reprice', priceMinor: 3100 }),
    breaks: /prices of its time/,
  },
  {
    guard: 'two sweepers do not undo each other',
    guards: without(conditions.cancellationIsCurrent),
    among: cancelled,
    breaks: /only goes on/,
  },
  {
    guard: 'an event and the end of its orders are cancelled together',
    guards: forgottenEnd,
    breaks: /stays cancelled/,
  },
  {
    guard: 'an order that comes late ends with its event',
    guards: withoutStragglers,
    among: atOnce,
    breaks: /ended with its event/,
  },
  {
    guard: 'an order that could not end is tried again',
    rule: 'triesAgain',
    among: stubbornly,
    breaks: /ended with its event/,
  },
  {
    guard: 'a payment for a cancelled event buys nothing',
    guards: unawareOfTheEnd,
    among: slowly,
    breaks: /ended with its event/,
  },
  {
    guard: 'the provider is asked before stock goes back',
    guards: withoutAsking,
    among: loseWebhooks,
    breaks: /ends in tickets or a refund/,
  },
  {
    guard: 'a page is stored before it is shown',
    guards: unstoredPages,
    among: loseWebhooks,
    breaks: /ends in tickets or a refund/,
  },
  {
    guard: 'one attempt to pay is one page',
    among: (one) => ({ ...one, provider: { ...one.provider, knowsAttempts: false } }),
    breaks: /one page an attempt/,
  },
  { guard: 'a payment counts once', guards: forgetfulOrders, breaks: /tickets|refund|unexpected/ },
  { guard: 'a payment must be what the order costs', rule: 'matchesAmounts', breaks: /does not fit/ },
  { guard: 'no more is refunded than was paid', rule: 'capsRefunds', among: asksTwice, breaks: /no more is promised/ },
  {
    guard: 'what the bank holds is not refunded',
    rule: 'waitsForBanks',
    among: askedBack,
    breaks: /while the bank has the money/,
  },
  {
    guard: 'a refund is sent under its own key',
    among: (one) => ({ ...one, provider: { ...one.provider, knowsRefunds: false, capsRefunds: false } }),
    breaks: /books are ours/,
  },
  {
    guard: 'a refund that was refused is owed again when what stood in its way is known',
    rule: 'owesAgain',
    breaks: /ends in tickets or a refund/,
  },
  {
    guard: 'a refund that is asked for a day later is looked for first',
    guards: withoutLooking,
    among: dayAfter,
    breaks: /books are ours/,
  },
  {
    guard: 'a refund is refused only for what stands in the books with it',
    rule: 'looksAgain',
    breaks: /refused for what it did/,
  },
  { guard: 'one request is one refund', guards: forgetfulRequests, breaks: /is one refund|unexpected/ },
  {
    guard: 'a refund that was made elsewhere counts once',
    guards: forgetfulRefunds,
    breaks: /books are ours|goes back/,
  },
  {
    guard: 'a dispute counts once',
    guards: forgetfulDisputes,
    among: complained,
    breaks: /books are ours|statistics: refunded|goes back/,
  },
  {
    guard: 'an answer that was lost is the first answer',
    guards: withoutTokens,
    among: repeatedly,
    breaks: /refused edit/,
  },
  { guard: 'sales and their statistics are one commit', guards: countedApart, breaks: /statistics/ },
  {
    guard: 'one sender at a time has a letter',
    guards: without(conditions.letterIsUnclaimed),
    among: calmly,
    breaks: /told once/,
  },
  {
    guard: 'a letter that was sent is not sent again',
    guards: without(conditions.letterIsUnsent),
    among: calmly,
    breaks: /told once/,
  },
]
