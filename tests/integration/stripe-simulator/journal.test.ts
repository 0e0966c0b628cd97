import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { startStripeSimulator } from '#infra/local/stripe/start.ts'
import {
  client,
  closers,
  control,
  newFolder,
  order,
  paidOrder,
  refusalOf,
  SECRET_KEY,
  start,
  startReceiver,
} from './shop.ts'

describe('the journal', () => {
  test('a restart loses nothing: sessions, payments, refunds, keys, the clock', async () => {
    const folder = newFolder()
    const first = await start({ folder })
    const params = order()
    const open = await first.stripe.checkout.sessions.create(params, { idempotencyKey: 'kept' })
    const { session, paymentIntent } = await paidOrder(first.stripe)
    const refund = await first.stripe.refunds.create({ payment_intent: paymentIntent, amount: 900 })
    await control(first.simulator, 'advance-clock', { seconds: 60 })
    await first.close()

    const { simulator, stripe } = await start({ folder })
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: 'paid' })
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ amount: 900 })
    expect((await stripe.checkout.sessions.create(params, { idempotencyKey: 'kept' })).id).toBe(open.id)
    expect(await refusalOf(stripe.refunds.create({ payment_intent: paymentIntent, amount: 5001 }))).toMatchObject({
      param: 'amount',
    })
    expect(await (await fetch(`${simulator.url}/_control/state`)).json()).toMatchObject({
      agedSeconds: 60,
      sessions: 2,
    })
    expect((await stripe.checkout.sessions.list()).data.map(({ id }) => id)).toEqual([session.id, open.id])
  })

  test('a webhook that was not delivered before the end is delivered after the restart', async () => {
    const folder = newFolder()
    const { webhook, types } = await startReceiver()
    const first = await start({ folder, webhook })
    await control(first.simulator, 'pause')
    await paidOrder(first.stripe)
    await first.close()
    expect(types()).toEqual([])
    await start({ folder, webhook })
    await vi.waitFor(() => expect(types()).toHaveLength(4))
  })

  test('a process killed in the middle of its work has lost nothing that it answered', async () => {
    const folder = newFolder()
    const script = `
      import { startStripeSimulator } from ${JSON.stringify(new URL('../../../infra/local/stripe/start.ts', import.meta.url).href)}
      const { port } = await startStripeSimulator({ port: 0, folder: ${JSON.stringify(folder)}, secretKey: '${SECRET_KEY}' })
      console.log(port)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    closers.push(() => child.kill('SIGKILL'))
    const [output] = await once(child.stdout, 'data')
    const stripe = client(Number(String(output)))
    const paid: string[] = []
    const buy = async () => {
      for (;;) paid.push((await paidOrder(stripe)).session.id)
    }
    const buyers = Array.from({ length: 4 }, () => buy().catch(() => 'killed'))
    await vi.waitFor(() => expect(paid.length).toBeGreaterThan(20), 10_000)
    child.kill('SIGKILL')
    expect(await Promise.all(buyers)).toEqual(['killed', 'killed', 'killed', 'killed'])

    const after = await start({ folder })
    for (const id of paid) expect((await after.stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid')
    for await (const session of after.stripe.checkout.sessions.list({ limit: 100, expand: ['data.payment_intent'] })) {
      const intent = session.payment_intent
      if (session.payment_status === 'paid') expect(intent).toMatchObject({ status: 'succeeded' })
    }
  })

  test('a line torn by the kill is dropped; damage in the middle stops the start and names the file', async () => {
    const folder = newFolder()
    const first = await start({ folder })
    const { id } = await first.stripe.checkout.sessions.create(order())
    await first.close()
    const file = join(folder, 'journal.jsonl')
    appendFileSync(file, '[{"table":"checkouts","rec')
    const second = await start({ folder })
    expect((await second.stripe.checkout.sessions.list()).data).toMatchObject([{ id }])
    await second.close()
    appendFileSync(file, 'damaged\n')
    await expect(startStripeSimulator({ port: 0, folder })).rejects.toThrow(/journal\.jsonl is damaged at line \d+/)
  })

  test('the journal is compacted at the start', async () => {
    const folder = newFolder()
    const first = await start({ folder })
    for (let n = 0; n < 10; n++) await control(first.simulator, 'advance-clock', { seconds: 1 })
    await first.close()
    await (await start({ folder })).close()
    expect(readFileSync(join(folder, 'journal.jsonl'), 'utf8').trim().split('\n')).toHaveLength(1)
  })
})
