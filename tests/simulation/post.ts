import type { Order, Refund } from '#domain/orders.ts'
import type { BuyerMail } from '#functions/usecases/tell-buyer.ts'
import type { StreamRecord } from './memory-dynamo/table.ts'

export type Post = ReturnType<typeof createPost>

export interface Move {
  readonly orderId: string
}

/** What the stream says that buyers must be told of, and the letters that have left. */
export function createPost() {
  /** Orders that have moved, once for each time; they stay until somebody has followed them up. */
  const moves: Move[] = []
  const letters = new Map<string, number>()

  function follow(records: readonly StreamRecord[]): void {
    for (const { oldImage, newImage } of records) {
      if (newImage?.sk !== 'ORDER') continue
      const isSame = oldImage?.status === newImage.status && countOf(oldImage?.refunds) === countOf(newImage.refunds)
      if (!isSame) moves.push({ orderId: String(newImage.id) })
    }
  }

  const mail = (send: (act: () => void) => Promise<void>): BuyerMail => ({
    sendConfirmation: ({ id }) => send(() => drop(letterOf(id))),
    sendRefundNotice: ({ id }, _, refund) => send(() => drop(letterOf(id, refund))),
    sendEventCancelled: ({ id }) => send(() => drop(letterOf(id, { id: 'event-cancelled' }))),
  })

  const drop = (letter: string) => {
    letters.set(letter, (letters.get(letter) ?? 0) + 1)
  }

  return { moves, letters, follow, mail }
}

export const letterOf = (orderId: Order['id'], refund?: Pick<Refund, 'id'>): string =>
  `${orderId} ${refund?.id ?? 'confirmation'}`

const countOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)
