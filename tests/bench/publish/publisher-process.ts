import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { z } from 'zod'
import { createInvoke } from '#infra/local/stack/invoke.ts'
import { startStreamPump } from '#infra/local/stream-pump.ts'
import type { PublisherReport } from './publisher.ts'

/**
 * The publisher in a process of its own, with the environment of a function: its handler, fed by the pump that `npm start` has where a
 * table is named, and called by the parent as by the clock. Reports each call.
 */
const [folder = '', bundle = '', tableName = ''] = process.argv.slice(2)
const taken = z.object({ batchItemFailures: z.array(z.unknown()) })
/** As it is deployed: what other functions need takes no memory of its own. */
const invoke = createInvoke(() => import(bundle))
let mostBytes = 0
setInterval(look, 100).unref()
function look(): void {
  mostBytes = Math.max(mostBytes, process.memoryUsage.rss())
}

async function report(event: object, ids: readonly string[]): Promise<unknown> {
  const { rendered } = await import('./counted-site/entry.ts')
  rendered.count = 0
  const [start, before] = [performance.now(), process.cpuUsage()]
  const answer = await invoke('publisher', event)
  look()
  const { user, system } = process.cpuUsage(before)
  const times = { ms: performance.now() - start, cpuMs: (user + system) / 1000 }
  process.send?.({ ids, rendered: rendered.count, mostBytes, ...times, answer } satisfies PublisherReport)
  mostBytes = 0
  return answer
}

if (tableName !== '')
  await startStreamPump({
    client: new DynamoDBStreamsClient({}),
    tableName,
    stateFile: `${folder}/publisher.json`,
    deadLetterFile: `${folder}/publisher.dead.jsonl`,
    handler: async (event) => {
      const ids = event.Records.map(({ dynamodb }) => dynamodb?.Keys?.pk?.S ?? '')
      const { batchItemFailures } = taken.parse(await report(event, ids))
      if (batchItemFailures.length > 0) throw new Error('a change was not published')
    },
  })
process.on('message', (event: object) => void report(event, []))
process.on('disconnect', () => process.exit(0))
