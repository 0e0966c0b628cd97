import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  UpdateTableCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { EventRecord } from '#domain/catalog.ts'
import { isPublic } from '#domain/listings.ts'
import { createEventStore } from '#functions/store/events.ts'
import { createOrganisationStore } from '#functions/store/organisations.ts'
import { createSharePictureStore } from '#functions/store/share-pictures.ts'
import { clientOf } from '#tests/simulation/memory-dynamo/client.ts'
import type { SyntheticCatalog } from '#tests/support/synthetic-catalog.ts'

/** Named by the pages, drawn by nobody. */
export const sharePathOf = ({ id }: Pick<EventRecord, 'id'>): string => `/media/${id}/share-0123456789ab-00000000.jpg`

const batchSize = 25
const batchesAtOnce = 4

/** Writes a catalogue as the stores would, in batches instead of a transaction for each event. */
export async function loadCatalog(client: DynamoDBClient, table: string, catalog: SyntheticCatalog): Promise<void> {
  const queue = itemsOf(client, table, catalog)
  const work = async () => {
    for (let batch = await nextBatch(queue); batch.length > 0; batch = await nextBatch(queue)) {
      for (let left = batch; left.length > 0; ) {
        const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: left } }))
        left = UnprocessedItems?.[table] ?? []
      }
    }
  }
  await Promise.all(Array.from({ length: batchesAtOnce }, work))
}

/** When all is there: as in a stack that has run for a day. */
export async function beginStream(client: DynamoDBClient, table: string): Promise<void> {
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const
  await client.send(new UpdateTableCommand({ TableName: table, StreamSpecification }))
}

async function nextBatch(queue: AsyncGenerator<WriteRequest>): Promise<WriteRequest[]> {
  const batch: WriteRequest[] = []
  while (batch.length < batchSize) {
    const { value, done } = await queue.next()
    if (done) break
    batch.push(value)
  }
  return batch
}

/** What the stores write, caught on its way; updates of what was not, of which each city has one, go through. */
async function* itemsOf(
  client: DynamoDBClient,
  table: string,
  { organisations, events }: SyntheticCatalog,
): AsyncGenerator<WriteRequest> {
  const caught = new Map<string, WriteRequest>()
  const updated = new Set<string>()
  const through = DynamoDBDocumentClient.from(client)
  const catching = clientOf(async (command) => {
    if (!(command instanceof TransactWriteCommand)) throw new TypeError('not a transaction')
    for (const { Put, Update } of command.input.TransactItems ?? []) {
      if (Put)
        caught.set(`${Put.Item?.pk} ${Put.Item?.sk}`, {
          PutRequest: { Item: marshall(Put.Item, { removeUndefinedValues: true }) },
        })
      const begun = caught.get(`${Update?.Key?.pk} ${Update?.Key?.sk}`)?.PutRequest?.Item
      if (begun) Object.assign(begun, marshall({ share: Update?.ExpressionAttributeValues?.[':share'] }))
      if (begun) continue
      const key = JSON.stringify(Update?.Key)
      if (Update && !updated.has(key)) await through.send(new UpdateCommand(Update))
      updated.add(key)
    }
    return {}
  })
  const take = function* () {
    yield* caught.values()
    caught.clear()
  }
  const houses = createOrganisationStore(catching, table)
  for (const organisation of organisations) {
    await houses.createOrganisation(organisation, 'owner@example.org')
    yield* take()
  }
  const store = createEventStore(catching, table)
  const shares = createSharePictureStore(catching, table)
  for (const event of events()) {
    await store.createEvent(event)
    const picture = { hash: event.id, path: sharePathOf(event) }
    if (isPublic(event)) await shares.saveShare(event, null, picture, event.updatedAt)
    yield* take()
  }
}
