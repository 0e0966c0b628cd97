import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { refreshSaleState } from '../usecases/refresh-sale-state.ts'
import { tellBuyer } from '../usecases/tell-buyer.ts'
import { logger, saleStatePorts, tellPorts } from '../wiring.ts'
import { type OrderMove, readFailedRefunds, readOrderMove } from './order-moves.ts'

/** What follows from a sale after its commit: mails with their PDFs, and the sale state of the event's page. */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  // Whoever sent it, the stream knows; an alarm listens for these words: see infra/aws/alarms.ts.
  for (const refundId of Records.flatMap(readFailedRefunds)) logger().error('a refund failed', { refundId })
  const moves = Records.flatMap((record) => {
    const move = readOrderMove(record)
    return move ? [{ record, move }] : []
  })
  const failed = new Set<DynamoDBRecord>()
  await eachGroup(
    moves.filter(({ move }) => move.owesLetter),
    ({ move }) => move.orderId,
    async (group, orderId) => {
      await attempt(group, () => tellBuyer(tellPorts(), orderId))
    },
  )
  await eachGroup(
    moves,
    ({ move }) => move.eventId,
    async (group, eventId) => {
      await attempt(group, () => refreshSaleState(saleStatePorts(), eventId))
    },
  )
  return { batchItemFailures: [...failed].map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })) }

  async function attempt(group: Moved[], act: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch (error) {
      logger().error('a sale could not be followed up', { moves: group.map(({ move }) => move), error })
      for (const { record } of group) failed.add(record)
    }
  }
}

interface Moved {
  readonly record: DynamoDBRecord
  readonly move: OrderMove
}

const atOnce = 4

async function eachGroup(
  moves: readonly Moved[],
  keyOf: (moved: Moved) => string,
  act: (group: Moved[], key: string) => Promise<void>,
): Promise<void> {
  const groups = [...Map.groupBy(moves, keyOf)]
  const work = async () => {
    for (let next = groups.shift(); next; next = groups.shift()) await act(next[1], next[0])
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
