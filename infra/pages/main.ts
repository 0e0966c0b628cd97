import { parseArgs } from 'node:util'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { createPageRecordStore } from '#functions/store/page-records.ts'
import { createSiteReader } from '#functions/store/site-reader.ts'
import { region } from '#infra/region.ts'

const usage = 'npm run pages -- --table CATALOG_TABLE'

const { values } = parseArgs({ options: { table: { type: 'string' }, help: { type: 'boolean', short: 'h' } } })
const { table, help } = values
if (help) console.info(usage)
else if (!table) {
  console.error(usage)
  process.exitCode = 1
} else {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region }))
  const { written, deleted, right } = await createPageRecordStore(client, table).repair(createSiteReader(client, table))
  const repaired = written + deleted > 0 ? ' Publish everything.' : ''
  console.info(`✓ Of events' pages ${written} were written, ${deleted} deleted, ${right} were right.${repaired}`)
}
