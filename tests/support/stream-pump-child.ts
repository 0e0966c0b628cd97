import { appendFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { startStreamPump } from '#infra/local/stream-pump.ts'

/** A pump in a process of its own, so that a test can kill it: writes `key value` of each record to a file, slowly. */
const [endpoint = '', tableName = '', folder = ''] = process.argv.slice(2)
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
await startStreamPump({
  client: new DynamoDBStreamsClient({ endpoint, region: 'us-east-1', credentials }),
  tableName,
  stateFile: `${folder}/checkpoint.json`,
  deadLetterFile: `${folder}/dead-letters.jsonl`,
  batchSize: 7,
  handler: async ({ Records }) => {
    for (const { dynamodb } of Records) {
      await appendFile(`${folder}/delivered`, `${dynamodb?.Keys?.sk?.S} ${dynamodb?.NewImage?.value?.N}\n`)
      await wait(1)
    }
  },
})
