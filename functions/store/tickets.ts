import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { Ticket } from '#domain/orders.ts'
import { bucketOf } from '#domain/spread.ts'
import { batchGet } from './batch-get.ts'
import { eventBuckets, salesKeys } from './keys.ts'
import type { NamedWrite } from './transaction.ts'

const ticketSchema = z.object({
  id: z.string(),
  orderId: z.string(),
  eventId: z.string(),
  ticketTypeId: z.string(),
  ticketTypeName: z.string(),
  attendeeName: z.string(),
  attendeeEmail: z.string(),
  price: z.object({ amountMinor: z.int(), currency: z.string() }),
  status: z.enum(['valid', 'revoked']),
  admission: z.object({ scanId: z.string(), at: z.string(), gate: z.string() }).nullable(),
  createdAt: z.string(),
})

export const parseTicket = (item: unknown): Ticket => ticketSchema.parse(item)

export function createTicketStore(client: DynamoDBDocumentClient, tableName: string) {
  async function getTicket(ticketId: string): Promise<Ticket | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: salesKeys.ticket(ticketId), ConsistentRead: true }),
    )
    return Item ? parseTicket(Item) : null
  }

  /** In the order of the ids. */
  async function getTickets(ticketIds: readonly string[]): Promise<Ticket[]> {
    const items = await batchGet(client, tableName, ticketIds.map(salesKeys.ticket))
    const found = new Map(items.map(parseTicket).map((ticket) => [ticket.id, ticket]))
    return ticketIds.flatMap((ticketId) => found.get(ticketId) ?? [])
  }

  /** Tickets of an event in the order of their sale. `after` is the `createdAt#id` of the last one seen. */
  async function listEventTickets(eventId: string, limit: number, after?: string): Promise<Ticket[]> {
    const buckets = Array.from({ length: eventBuckets }, (_, bucket) => listBucket(eventId, bucket, limit, after))
    const tickets = (await Promise.all(buckets)).flat()
    return tickets.toSorted((one, other) => (place(one) < place(other) ? -1 : 1)).slice(0, limit)
  }

  async function listBucket(
    eventId: string,
    bucket: number,
    limit: number,
    after: string | undefined,
  ): Promise<Ticket[]> {
    const { eventKey } = salesKeys.byEvent(eventId, bucket, 'TICKET', '', '')
    const tickets: Ticket[] = []
    let from: Record<string, unknown> | undefined
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: 'byEvent',
          KeyConditionExpression: 'eventKey = :key AND eventSort BETWEEN :after AND :end',
          // The sort key goes on with the id, so a space is the least that comes after the last one seen.
          ExpressionAttributeValues: {
            ':key': eventKey,
            ':after': `TICKET#${after ? `${after} ` : ''}`,
            ':end': 'TICKET#~',
          },
          Limit: limit - tickets.length,
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      )
      tickets.push(...(page.Items ?? []).map(parseTicket))
      from = page.LastEvaluatedKey
    } while (from && tickets.length < limit)
    return tickets
  }

  return { getTicket, getTickets, listEventTickets }
}

export type TicketStore = ReturnType<typeof createTicketStore>

/** Where a ticket stands in its event's list: the cursor for the next page. */
export const place = (ticket: Ticket): string => `${ticket.createdAt}#${ticket.id}`

export function putTicket(tableName: string, ticket: Ticket): NamedWrite {
  const bucket = bucketOf(ticket.id, eventBuckets)
  const index = salesKeys.byEvent(ticket.eventId, bucket, 'TICKET', ticket.createdAt, ticket.id)
  const Item = { ...ticket, ...salesKeys.ticket(ticket.id), ...index }
  return {
    condition: 'ticket_is_new',
    item: { Put: { TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
  }
}

/** A ticket that has been admitted is spent: it cannot be given back. */
export const revokeTicket = (tableName: string, ticketId: string): NamedWrite => ({
  condition: 'ticket_is_unused',
  item: {
    Update: {
      TableName: tableName,
      Key: salesKeys.ticket(ticketId),
      UpdateExpression: 'SET #status = :revoked',
      ConditionExpression: '#status = :valid AND admission = :none',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':revoked': 'revoked', ':valid': 'valid', ':none': null },
    },
  },
})
