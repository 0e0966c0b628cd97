import { join } from 'node:path'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { z } from 'zod'
import { functions } from '#infra/functions.ts'
import type { Invoke } from '../gateway/function-origin.ts'
import { startStreamPump } from '../stream-pump.ts'
import { tablePrefix } from './environment.ts'

const streams = { 'catalog-stream': 'catalog', 'sales-stream': 'sales' } as const

/** A stream function may name the records that it could not take. */
const batchAnswer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) }).optional()

/** Feeds each stream function of infra/functions.ts. What no attempt could deliver is kept and shown at `/_local/`. */
export async function startPumps(folder: string, invoke: Invoke) {
  const client = new DynamoDBStreamsClient({})
  const pumps = await Promise.all(
    functions.flatMap(({ name, trigger }) => {
      if (trigger !== 'catalog-stream' && trigger !== 'sales-stream') return []
      const started = startStreamPump({
        client,
        tableName: tablePrefix + streams[trigger],
        handler: async (event) => batchAnswer.parse((await invoke(name, event)) ?? undefined),
        stateFile: join(folder, 'streams', `${name}.json`),
        deadLetterFile: join(folder, 'streams', `${name}.dead.jsonl`),
        onError: (error) => console.error(`The stream function ${name}:`, error),
      })
      return [started.then((pump) => ({ name, pump }))]
    }),
  )
  return {
    nudge: () => {
      for (const { pump } of pumps) pump.nudge()
    },
    idle: () => Promise.all(pumps.map(({ pump }) => pump.idle())),
    deadLetters: async () =>
      (
        await Promise.all(
          pumps.map(async ({ name, pump }) => (await pump.deadLetters()).map((letter) => ({ name, letter }))),
        )
      ).flat(),
    replay: async () => {
      const outcomes = await Promise.all(pumps.map(({ pump }) => pump.replay()))
      return outcomes.reduce((sum, { delivered }) => sum + delivered, 0)
    },
    close: async () => {
      await Promise.all(pumps.map(({ pump }) => pump.close()))
      client.destroy()
    },
  }
}

export type Pumps = Awaited<ReturnType<typeof startPumps>>
