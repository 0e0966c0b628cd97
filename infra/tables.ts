export interface IndexDefinition {
  readonly name: string
  readonly partitionKey: string
  readonly sortKey: string
  readonly projection: 'ALL' | 'KEYS_ONLY'
}

/** A table as plain data: the cloud stack and the local stack both build from it. All keys are strings. */
export interface TableDefinition {
  readonly name: 'catalog' | 'sales'
  readonly partitionKey: string
  readonly sortKey: string
  readonly indexes: readonly IndexDefinition[]
  /** New and old images. */
  readonly stream: boolean
  /** Attribute with Unix seconds; only for rubbish (never to release stock: it may be days late). */
  readonly ttl?: string
}

export const tables: readonly TableDefinition[] = [
  {
    name: 'catalog',
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: [{ name: 'byDue', partitionKey: 'dueKey', sortKey: 'dueSort', projection: 'ALL' }],
    stream: true,
  },
  {
    name: 'sales',
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: [
      { name: 'byEvent', partitionKey: 'eventKey', sortKey: 'eventSort', projection: 'ALL' },
      { name: 'byBuyer', partitionKey: 'buyerKey', sortKey: 'buyerSort', projection: 'ALL' },
      { name: 'byDue', partitionKey: 'dueKey', sortKey: 'dueSort', projection: 'ALL' },
    ],
    stream: true,
    ttl: 'expiresAt',
  },
]
