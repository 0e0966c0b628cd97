import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import { organiserEventResponse } from '#contracts/organiser.ts'
import { createEventStore } from '#functions/store/events.ts'
import { createStockStore } from '#functions/store/stock.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import type { LocalInfo } from '#infra/local/local-pages/info.ts'
import { openBackOffice } from '#tests/support/back-office.ts'
import { removeFolder, startStackProcess, temporaryFolder } from '#tests/support/stack.ts'
import { bareLoop, benchEvent, median, perSecond } from './holds.ts'
import type { BenchRow } from './row.ts'

const edits = 20
const leastOrdersAMinute = 5000
const mostMs = 1000

/** Design §9, measured on the whole stack as `npm start` runs it: orders over HTTP, and an edit's way to the public page. */
export async function stackRows(): Promise<BenchRow[]> {
  const folder = await temporaryFolder()
  const stack = await startStackProcess({ folder })
  try {
    const info: LocalInfo = await (await fetch(`${stack.url}/_local/info.json`)).json()
    return [await orderRow(info), await editRow(info)]
  } finally {
    await stack.end()
    await removeFolder(folder)
  }
}

async function orderRow(info: LocalInfo): Promise<BenchRow> {
  const office = openBackOffice(info)
  const event = benchEvent(1)
  const events = createEventStore(office.client, office.tables.catalog)
  await events.createEvent(event, event.pools.flatMap(createStockStore(office.client, office.tables.sales).openPool))
  const ticketTypeId = event.ticketTypes[0]?.id ?? ''
  const request = () => ({
    eventId: event.id,
    lines: [{ ticketTypeId, quantity: 2 }],
    buyer: { name: 'Ada Lovelace', email: `ada-${randomUUID()}@example.org` },
  })
  const ports = { orders: office.orders, getEvent: events.getEvent, now: () => new Date().toISOString() }
  const bare = await bareLoop(office.client, event, async () => void (await placeOrder(ports, request(), randomUUID())))
  const order = async () => {
    const answer = await post(`${info.site}/api/orders`, request(), { 'idempotency-key': randomUUID() })
    if (answer.status !== 201) throw new Error(`an order was answered with ${answer.status}: ${await answer.text()}`)
    await answer.arrayBuffer()
  }
  await perSecond(order)
  const [floor, ours] = [(await perSecond(bare)) * 60, (await perSecond(order)) * 60]
  return {
    name: 'orders a minute, one pool, over HTTP to the payment page',
    ours: `${ours.toFixed(0)}/min`,
    floor: `${floor.toFixed(0)}/min (bare transaction)`,
    ratio: ours / floor,
    budget: `≥ ${leastOrdersAMinute}/min`,
    isWithin: ours >= leastOrdersAMinute,
  }
}

async function editRow(info: LocalInfo): Promise<BenchRow> {
  const event = info.demo.events.find(({ state }) => state === 'on_sale')
  if (!event) throw new Error('the demo has no event on sale')
  const cookie = `__Host-session=${await idTokenOfOwner(info)}`
  const path = `${info.site}/api/organiser/events/${event.id}`
  const [toPage, toAnswer] = [[] as number[], [] as number[]]
  for (let edit = 0; edit < edits; edit++) {
    const read = await (await fetch(path, { headers: { cookie } })).json()
    const { version } = organiserEventResponse.parse(read).event
    const summary = `Edit ${randomUUID()}`
    const start = performance.now()
    const answer = await post(path, { version, summary }, { cookie }, 'PATCH')
    if (answer.status !== 200) throw new Error(`an edit was answered with ${answer.status}`)
    toAnswer.push(performance.now() - start)
    while (!(await (await fetch(info.site + event.path)).text()).includes(summary)) await wait(5)
    toPage.push(performance.now() - start)
  }
  const late = toPage.toSorted((one, other) => one - other)[Math.ceil(edits * 0.95) - 1] ?? 0
  return {
    name: `an edit's way to the public page, p50 and p95 of ${edits}`,
    ours: `${median(toPage).toFixed(0)} and ${late.toFixed(0)} ms`,
    floor: `${median(toAnswer).toFixed(0)} ms (the edit's own answer)`,
    ratio: median(toPage) / median(toAnswer),
    budget: `p95 ≤ ${mostMs} ms`,
    isWithin: late <= mostMs,
  }
}

async function idTokenOfOwner(info: LocalInfo): Promise<string> {
  const owner = info.demo.accounts.find(({ role }) => role === 'owner')
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const cognito = new CognitoIdentityProviderClient({
    endpoint: info.cognito.endpoint,
    region: 'us-east-1',
    credentials,
  })
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: info.cognito.clientId,
      AuthParameters: { USERNAME: owner?.email ?? '', PASSWORD: owner?.password ?? '' },
    }),
  )
  return AuthenticationResult?.IdToken ?? ''
}

function post(url: string, body: object, headers: Record<string, string>, method = 'POST'): Promise<Response> {
  const text = JSON.stringify(body)
  const hash = createHash('sha256').update(text).digest('hex')
  return fetch(url, {
    method,
    body: text,
    headers: { 'content-type': 'application/json', 'x-amz-content-sha256': hash, ...headers },
  })
}
