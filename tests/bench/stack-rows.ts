import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { organiserEventResponse } from '#contracts/events.ts'
import type { LocalInfo } from '#infra/local/local-pages/info.ts'
import { tablePrefix } from '#infra/local/stack/environment.ts'
import { loadSecrets } from '#infra/local/stack/secrets.ts'
import { removeFolder, startStackProcess, temporaryFolder } from '#tests/support/stack.ts'
import { storesOf } from './engine.ts'
import { send } from './http.ts'
import { orderRows } from './order-rows.ts'
import { median } from './pace.ts'
import type { BenchRow } from './row.ts'

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
const edits = 20
const mostMs = 1000
const restarts = 3
const mostRestartMs = 10_000

/** Design §9, measured on the whole stack as `npm start` runs it: a restart, orders over HTTP, and an edit's way to the public page. */
export async function stackRows(): Promise<BenchRow[]> {
  const folder = await temporaryFolder()
  const start = performance.now()
  let stack = await startStackProcess({ folder })
  const firstMs = performance.now() - start
  try {
    const restartedMs: number[] = []
    while (restartedMs.length < restarts) {
      await stack.end('SIGINT')
      const again = performance.now()
      stack = await startStackProcess({ folder })
      restartedMs.push(performance.now() - again)
    }
    const info: LocalInfo = await (await fetch(`${stack.url}/_local/info.json`)).json()
    const database = new DynamoDBClient({ endpoint: info.dynamodb, region: 'us-east-1', credentials })
    const stores = storesOf(database, { catalog: `${tablePrefix}catalog`, sales: `${tablePrefix}sales` })
    const { stripeWebhookSecret } = await loadSecrets(folder)
    await untilSettled(info)
    return [
      restartRow(median(restartedMs), firstMs),
      await editRow(info),
      ...(await orderRows(info, stores, stripeWebhookSecret)),
    ]
  } finally {
    await stack.end()
    await removeFolder(folder)
  }
}

const restartRow = (ms: number, firstMs: number): BenchRow => ({
  name: `npm start, stopped and started again, median of ${restarts}`,
  ours: `${(ms / 1000).toFixed(1)} s; with an empty state ${(firstMs / 1000).toFixed(1)} s`,
  floor: '',
  budget: `≤ ${mostRestartMs / 1000} s`,
  isWithin: ms <= mostRestartMs,
})

/** The demo's own sales are still followed up for a while: PDFs, mails, pages. */
async function untilSettled(info: LocalInfo): Promise<void> {
  const mailsNow = async () => (await (await fetch(`${info.mail}/store`)).text()).length
  for (let [before, now] = [-1, await mailsNow()]; before !== now; [before, now] = [now, await mailsNow()])
    await wait(3000)
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
    const answer = await send('PATCH', path, { version, summary }, { cookie })
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
