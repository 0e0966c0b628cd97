import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { testDynamoDbClient } from './dynamodb.ts'

/** A condition by the key of the item that it stands on, and by its text. */
export interface Guard {
  readonly key: string
  readonly text?: RegExp
}

export const guards = {
  stock: { key: 'POOL#', text: /left >=/ },
  held: { key: 'POOL#', text: /held >=/ },
  poolIsUntouched: { key: 'POOL#', text: /left = #capacity/ },
  buyerWithinLimit: { key: 'LIMIT#', text: /taken <=/ },
  codeHasRoom: { key: 'CODE#' },
  orderIsNew: { key: 'ORDER#', text: /attribute_not_exists/ },
  orderIsUnchanged: { key: 'ORDER#', text: /version = :version/ },
  ticketIsNew: { key: 'TICKET#', text: /attribute_not_exists/ },
  cancellationIsCurrent: { key: 'CANCELLATION#', text: /version = :before/ },
  ticketIsUnused: { key: 'TICKET#', text: /admission = :none/ },
  originalIsTheFirst: { key: 'UPLOAD#', text: /original = :original/ },
  lineIsIdle: { key: 'LINE', text: /lastTurnMs <=/ },
} as const satisfies Record<string, Guard>

/** A client under which these conditions hold whatever the items say: for negative controls of races. */
export function unguardedClient(endpoint: string, ...missing: readonly Guard[]): DynamoDBDocumentClient {
  const client = testDynamoDbClient(endpoint)
  takeAway(client, missing)
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
}

/** What comes of a race while these conditions of its own client hold whatever the items say. */
export async function unguarded<T>(client: Stacked, missing: readonly Guard[], race: () => Promise<T>): Promise<T> {
  takeAway(client, missing)
  try {
    return await race()
  } finally {
    client.middlewareStack.remove(name)
  }
}

const name = 'unguarded'
type Stacked = Pick<ReturnType<typeof testDynamoDbClient>, 'middlewareStack'>

function takeAway({ middlewareStack }: Stacked, missing: readonly Guard[]): void {
  middlewareStack.add(
    (next) => async (args) => {
      for (const write of writesIn(args.input)) weaken(write, missing)
      return next(args)
    },
    { step: 'initialize', priority: 'low', name },
  )
}

interface Write {
  ConditionExpression?: string
  Key?: { pk?: string }
  Item?: { pk?: string }
}

const writesIn = (input: object): Write[] =>
  'TransactItems' in input && Array.isArray(input.TransactItems)
    ? input.TransactItems.flatMap(({ Put, Update, Delete }) => [Put, Update, Delete].filter((write) => write))
    : [input]

function weaken(write: Write, missing: readonly Guard[]): void {
  const text = write.ConditionExpression
  const key = write.Key?.pk ?? write.Item?.pk ?? ''
  const isMissing = missing.some((guard) => key.startsWith(guard.key) && (guard.text?.test(text ?? '') ?? true))
  if (text !== undefined && isMissing) write.ConditionExpression = `(${text}) OR attribute_not_exists(never)`
}
