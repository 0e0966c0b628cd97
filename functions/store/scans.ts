import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { verdicts } from '#domain/checkin.ts'
import type { Admission } from '#domain/orders.ts'
import { bucketOf } from '#domain/spread.ts'
import type { AdmitOutcome, ScanRecord } from '../usecases/record-scans.ts'
import { eventBuckets, salesKeys } from './keys.ts'
import { type NamedWrite, transact } from './transaction.ts'

const scanSchema = z.object({
  scanId: z.string(),
  eventId: z.string(),
  at: z.string(),
  receivedAt: z.string(),
  gate: z.string(),
  direction: z.enum(['in', 'out']),
  userId: z.string(),
  verdict: z.enum(verdicts),
  ticketId: z.string().nullable(),
  ticket: z
    .object({ id: z.string(), attendeeName: z.string(), ticketTypeName: z.string(), orderId: z.string() })
    .nullable(),
  firstScan: z.object({ scanId: z.string(), at: z.string(), gate: z.string() }).nullable(),
})

export function createScanStore(client: DynamoDBDocumentClient, tableName: string) {
  async function getScan(eventId: string, scanId: string): Promise<ScanRecord | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: salesKeys.scan(eventId, scanId), ConsistentRead: true }),
    )
    return Item ? scanSchema.parse(Item) : null
  }

  /** Of many scans of one ticket, whenever they come, one gets `admitted`. */
  async function admit(scan: ScanRecord, ticketId: string, admission: Admission): Promise<AdmitOutcome> {
    const outcome = await transact(client, [
      putScan(scan),
      admitTicket(scan.eventId, ticketId, admission),
      countAdmission(scan, ticketId),
    ])
    if (outcome.ok) return { state: 'admitted' }
    if (!outcome.failed.includes('scan_is_new')) return { state: 'changed' }
    return { state: 'repeated', scan: await standingScan(scan) }
  }

  async function log(scan: ScanRecord): Promise<ScanRecord> {
    const outcome = await transact(client, [putScan(scan)])
    return outcome.ok ? scan : standingScan(scan)
  }

  async function standingScan({ eventId, scanId }: ScanRecord): Promise<ScanRecord> {
    const standing = await getScan(eventId, scanId)
    if (!standing) throw new Error(`scan ${scanId} exists and cannot be read`)
    return standing
  }

  function putScan(scan: ScanRecord): NamedWrite {
    const { eventId, scanId, at } = scan
    const index = salesKeys.byEvent(eventId, bucketOf(scanId, eventBuckets), 'SCAN', at, scanId)
    const Item = { ...scan, ...salesKeys.scan(eventId, scanId), ...index }
    return {
      condition: 'scan_is_new',
      item: { Put: { TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
    }
  }

  const admitTicket = (eventId: string, ticketId: string, admission: Admission): NamedWrite => ({
    condition: 'ticket_may_enter',
    item: {
      Update: {
        TableName: tableName,
        Key: salesKeys.ticket(ticketId),
        UpdateExpression: 'SET admission = :admission',
        ConditionExpression: '#status = :valid AND eventId = :eventId AND admission = :none',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':admission': admission, ':valid': 'valid', ':eventId': eventId, ':none': null },
      },
    },
  })

  const countAdmission = ({ eventId }: ScanRecord, ticketId: string): NamedWrite => ({
    condition: 'statistics',
    item: {
      Update: {
        TableName: tableName,
        Key: salesKeys.statistics(eventId, bucketOf(ticketId, eventBuckets)),
        UpdateExpression: 'ADD admitted :one',
        ExpressionAttributeValues: { ':one': 1 },
      },
    },
  })

  return { getScan, admit, log }
}

export type ScanStore = ReturnType<typeof createScanStore>
