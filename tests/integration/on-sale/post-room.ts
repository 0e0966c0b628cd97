import { join } from 'node:path'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { readOrderMove } from '#functions/fulfilment/order-moves.ts'
import { createMessageStore } from '#functions/store/messages.ts'
import { type TellPorts, tellBuyer } from '#functions/usecases/tell-buyer.ts'
import { startStreamPump } from '#infra/local/stream-pump.ts'
import type { Confirmation } from '#tests/support/books.ts'
import type { Sales } from '#tests/support/sales.ts'
import type { Chance } from './buyers.ts'

/**
 * Fulfilment behind the real sales stream, with a mail server that refuses one mail in twenty. A mail is only counted, and a PDF is as
 * many bytes as it has pages: what they look like is tested elsewhere.
 */
export async function startPostRoom(sales: Sales, folder: string, chance: Chance) {
  const sent: Confirmation[] = []
  const ports = tellPorts(sales, async (confirmation) => {
    if (chance(20) === 0) throw new Error('the mail server is busy')
    sent.push(confirmation)
  })
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const client = new DynamoDBStreamsClient({ endpoint: sales.database.endpoint, region: 'us-east-1', credentials })
  const pump = await startStreamPump({
    client,
    tableName: sales.table,
    handler: (event) => tellBuyers(ports, event),
    stateFile: join(folder, 'checkpoint.json'),
    deadLetterFile: join(folder, 'dead.jsonl'),
    maxAttempts: 10,
    onError: () => {},
  })
  return {
    sent,
    idle: pump.idle,
    deadLetters: pump.deadLetters,
    async close() {
      await pump.close()
      client.destroy()
    },
  }
}

async function tellBuyers(ports: TellPorts, { Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const failed: string[] = []
  for (const record of Records) {
    const move = readOrderMove(record)
    if (!move) continue
    await tellBuyer(ports, move.orderId).catch(() => failed.push(record.dynamodb?.SequenceNumber ?? ''))
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) }
}

function tellPorts(sales: Sales, send: (confirmation: Confirmation) => Promise<void>): TellPorts {
  const files = new Map<string, Uint8Array>()
  return {
    ...sales.ports,
    signTicket: sales.signer.signTicket,
    renderPdf: async (tickets) => new Uint8Array(tickets.length),
    files: {
      readFile: async (key) => files.get(key) ?? null,
      readEtag: async (key) => (files.has(key) ? key : null),
      putFile: async (key, { body }) => files.set(key, body).has(key),
      signUrl: async (key) => key,
    },
    messages: createMessageStore(sales.client, sales.table),
    mail: {
      sendConfirmation: (order, _, pdf) => send({ orderId: order.id, pages: pdf.length }),
      sendRefundNotice: async () => {},
      sendEventCancelled: async () => {},
    },
  }
}
