import { Hono } from 'hono'
import {
  type CodeResponse,
  type CodesResponse,
  codeName,
  type DiscountCodeView,
  putCodeRequest,
} from '#contracts/codes.ts'
import { id } from '#contracts/common.ts'
import type { Role } from '#domain/catalog.ts'
import type { DiscountCode } from '#domain/discount-codes.ts'
import { type AppContext, type AppEnv, Refused, readBody, readId } from '../http/app.ts'
import { requireEventMember } from '../http/session.ts'
import { putDiscountCode } from '../usecases/manage-codes.ts'
import { codePorts } from '../wiring.ts'

export const codes = new Hono<AppEnv>()

/** A code is worth money: those at the door need none. */
const readers: readonly Role[] = ['owner', 'manager', 'finance']
const editors: readonly Role[] = ['owner', 'manager']

codes.get('/api/organiser/events/:eventId/codes', async (c) => {
  const { event } = await requireEventMember(c, eventId(c), readers)
  return c.json(await listOf(event.id))
})

codes.get('/api/organiser/events/:eventId/codes/:code', async (c) => {
  const { event } = await requireEventMember(c, eventId(c), readers)
  const code = await codePorts().getCode(event.id, readId(c, 'code', codeName))
  if (!code) throw new Refused('not_found')
  return c.json({ code: viewOf(code) } satisfies CodeResponse)
})

codes.put('/api/organiser/events/:eventId/codes/:code', async (c) => {
  const { event } = await requireEventMember(c, eventId(c), editors)
  const { version, ...input } = await readBody(c, putCodeRequest)
  const put = await putDiscountCode(codePorts(), event, readId(c, 'code', codeName), input, version)
  if (!put.ok) throw new Refused(put.refusal.code, 'errors' in put.refusal ? [...put.refusal.errors] : undefined)
  return c.json({ code: viewOf(put.value) } satisfies CodeResponse)
})

codes.delete('/api/organiser/events/:eventId/codes/:code', async (c) => {
  const { event } = await requireEventMember(c, eventId(c), editors)
  await codePorts().removeCode(event.id, readId(c, 'code', codeName))
  return c.json(await listOf(event.id))
})

const eventId = (c: AppContext): string => readId(c, 'eventId', id('evt'))

const listOf = async (event: string): Promise<CodesResponse> => ({
  codes: (await codePorts().listCodes(event)).map(viewOf),
})

function viewOf({ eventId: _, ...code }: DiscountCode): DiscountCodeView {
  return {
    ...code,
    unlocks: [...code.unlocks],
    ticketTypeIds: code.ticketTypeIds ? [...code.ticketTypeIds] : null,
  }
}
