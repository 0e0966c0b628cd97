import type { DynamoDBRecord } from 'aws-lambda'
import { z } from 'zod'

/** An order in a stream record whose status or refunds have changed. */
export interface OrderMove {
  readonly orderId: string
  readonly eventId: string
  readonly status: string
  /** A hold that begins or ends owes its buyer none. */
  readonly owesLetter: boolean
}

const text = z.object({ S: z.string() })
const refunds = z.object({ refunds: z.object({ L: z.array(z.object({ M: z.object({ id: text, status: text }) })) }) })
const image = z.object({
  sk: text,
  id: text,
  eventId: text,
  status: text,
  refunds: z.object({ L: z.array(z.unknown()) }),
})

/** Null for records of other items, and for changes of an order that nobody outside has to learn of. */
export function readOrderMove({ dynamodb }: DynamoDBRecord): OrderMove | null {
  if (!dynamodb?.Keys?.pk?.S?.startsWith('ORDER#') || dynamodb.Keys.sk?.S !== 'ORDER' || !dynamodb.NewImage) return null
  const after = image.parse(dynamodb.NewImage)
  const before = image.safeParse(dynamodb.OldImage)
  const isSame =
    before.success && before.data.status.S === after.status.S && before.data.refunds.L.length === after.refunds.L.length
  const status = after.status.S
  const owesLetter = after.refunds.L.length > 0 || (status !== 'held' && status !== 'expired')
  return isSame ? null : { orderId: after.id.S, eventId: after.eventId.S, status, owesLetter }
}

/** Refunds that came to nothing with this change of an order: refused by the provider, or sent back by a bank. */
export function readFailedRefunds({ dynamodb }: DynamoDBRecord): string[] {
  if (dynamodb?.Keys?.sk?.S !== 'ORDER') return []
  const failed = (order: unknown) => {
    const { data } = refunds.safeParse(order)
    return data?.refunds.L.flatMap(({ M: { id, status } }) => (status.S === 'failed' ? [id.S] : [])) ?? []
  }
  const before = failed(dynamodb.OldImage)
  return failed(dynamodb.NewImage).filter((id) => !before.includes(id))
}
