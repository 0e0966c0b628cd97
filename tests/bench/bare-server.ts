import { createServer } from 'node:http'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { TransactItem } from '#functions/store/transaction.ts'
import { repeatTransaction } from './bare.ts'

/**
 * The floor of an order over HTTP, in a process of its own like the stack: for each POST one transaction of the same items, nothing else, and
 * an answer as long as an order's. `/` followed by a number says which transaction.
 */
const settings = z.object({
  endpoint: z.url(),
  transactions: z.array(z.custom<readonly TransactItem[]>(Array.isArray)),
  pools: z.array(z.object({ id: z.string(), shards: z.int() })),
})

const answer = JSON.stringify({ order: 'x'.repeat(1500) })

process.once('disconnect', () => process.exit(0))
process.once('message', (message) => {
  const { endpoint, transactions, pools } = settings.parse(message)
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region: 'us-east-1', credentials }))
  const acts = transactions.map((items, at) => repeatTransaction(client, items, pools[at]))
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const act = acts[Number(request.url?.slice(1))]
      const done = act ? act() : Promise.reject(new Error(`no transaction ${request.url}`))
      done.then(
        () => response.writeHead(201, { 'content-type': 'application/json' }).end(answer),
        (error: unknown) => response.writeHead(500).end(String(error)),
      )
    })
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.send?.(typeof address === 'object' && address ? address.port : 0)
  })
})
