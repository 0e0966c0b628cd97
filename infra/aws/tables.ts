import { RemovalPolicy } from 'aws-cdk-lib'
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb'
import { Construct } from 'constructs'
import { type TableDefinition, tables } from '../tables.ts'

/** The tables of `infra/tables.ts`: on demand, point-in-time recovery, protected from deletion. */
export class Tables extends Construct {
  readonly catalog: TableV2
  readonly sales: TableV2

  constructor(scope: Construct, id: string) {
    super(scope, id)
    const made = new Map(tables.map((definition) => [definition.name, this.#make(definition)]))
    const named = (name: TableDefinition['name']): TableV2 => {
      const table = made.get(name)
      if (!table) throw new Error(`infra/tables.ts has no table ${name}`)
      return table
    }
    this.catalog = named('catalog')
    this.sales = named('sales')
  }

  #make(definition: TableDefinition): TableV2 {
    const key = (name: string) => ({ name, type: AttributeType.STRING })
    return new TableV2(this, definition.name, {
      partitionKey: key(definition.partitionKey),
      sortKey: key(definition.sortKey),
      globalSecondaryIndexes: definition.indexes.map((index) => ({
        indexName: index.name,
        partitionKey: key(index.partitionKey),
        sortKey: key(index.sortKey),
        projectionType: index.projection === 'ALL' ? ProjectionType.ALL : ProjectionType.KEYS_ONLY,
      })),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(definition.stream ? { dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES } : {}),
      ...(definition.ttl ? { timeToLiveAttribute: definition.ttl } : {}),
    })
  }
}
