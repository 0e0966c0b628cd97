import { randomUUID } from 'node:crypto'
import papaparse from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { app as orders } from '#functions/orders/routes.ts'
import { app as organiser } from '#functions/organiser/routes.ts'
import { browser } from '#tests/support/api.ts'
import { type Desk, makeEvent, startDesk } from '#tests/support/desk.ts'

let desk: Desk
let event: Awaited<ReturnType<typeof makeEvent>>
beforeAll(async () => {
  desk = await startDesk()
  event = await makeEvent(desk, organiser, { priceMinor: 0 })
})
afterAll(() => desk.close())

const order = (answers?: object, quantity = 1) =>
  browser(orders).call(
    'POST',
    '/api/orders',
    {
      eventId: event.id,
      lines: [{ ticketTypeId: event.ticketTypeId, quantity }],
      buyer: { name: 'Ada', email: 'ada@example.org' },
      answers,
    },
    { 'idempotency-key': randomUUID() },
  )
const asOrganiser = async (orderId: string) => {
  const { json } = await desk.as('finance', organiser).call('GET', `/api/organiser/orders/${orderId}`)
  return json.order
}

test('what a buyer says is kept with his order and shown to the organiser', async () => {
  const { status, json } = await order({ ' Meal ': 'vegan', Access: 'step-free\nplease', Song: '' })
  expect(status).toBe(201)
  expect((await asOrganiser(json.order.id)).answers).toEqual([
    { question: 'Meal', answer: 'vegan' },
    { question: 'Access', answer: 'step-free\nplease' },
    { question: 'Song', answer: '' },
  ])
  const { json: silent } = await order()
  expect((await asOrganiser(silent.order.id)).answers).toEqual([])
})

test('the CSV names the answers beside each ticket of the order, and none is a formula', async () => {
  const { json } = await order({ '=1+1': '@SUM(A1)', Meal: 'vegan, "no nuts"' }, 2)
  const { text } = await desk.as('owner', organiser).call('GET', `${event.path}/attendees.csv`)
  const { data } = papaparse.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
  const answers = data.filter((row) => row.order === json.order.id).map((row) => row.answers)
  expect(answers).toEqual(Array(2).fill('\'=1+1: @SUM(A1)\nMeal: vegan, "no nuts"'))
})

test('20 long answers fit into an order; more, longer or unreadable ones are refused', async () => {
  const many = (count: number, answer = '語'.repeat(1000)) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}`.padEnd(60, '語'), answer]))
  const { status, json } = await order(many(20))
  expect(status).toBe(201)
  expect((await asOrganiser(json.order.id)).answers).toHaveLength(20)
  for (const bad of [
    many(21),
    many(1, 'x'.repeat(1001)),
    { ['x'.repeat(61)]: 'x' },
    { '': 'x' },
    { 'a\nb': 'x' },
    { Meal: 'a\u0000' },
    { Meal: 7 },
  ])
    expect((await order(bad)).status).toBe(422)
})
