import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { z } from 'zod'
import { holderOf } from '#infra/local/stack/lock.ts'
import { region } from '#infra/region.ts'
import { listKeys, replayLetters } from './letters.ts'

const usage = 'npm run replay -- [--state .marquee | --bucket NAME] [--list]'

const undelivered = z.array(z.object({ name: z.string(), error: z.string(), keys: z.unknown() }))
/** What the local stack answers: what it delivered, and what failed again. */
const outcome = z.object({ delivered: z.int(), left: undelivered })

const { values } = parseArgs({
  options: {
    bucket: { type: 'string' },
    state: { type: 'string' },
    list: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
})
if (values.help) console.info(usage)
else process.exitCode = (await (values.bucket ? replayBucket(values.bucket) : replayLocally())) > 0 ? 1 : 0

/** @returns how many failed again */
async function replayBucket(bucket: string): Promise<number> {
  const ports = { s3: new S3Client({ region }), lambda: new LambdaClient({ region }), bucket }
  if (values.list) {
    for (const key of await listKeys(ports)) console.info(key)
    return 0
  }
  const counts = { delivered: 0, failed: 0 }
  for await (const { letter, failed } of replayLetters(ports)) {
    counts[failed === null ? 'delivered' : 'failed']++
    if (failed !== null) console.error(`✗ ${letter}\n${failed}\n`)
  }
  console.info(`${counts.delivered} delivered, ${counts.failed} failed again and kept`)
  return counts.failed
}

async function replayLocally(): Promise<number> {
  const folder = resolve(values.state ?? process.env.MARQUEE_STATE ?? '.marquee')
  const url = holderOf(folder)?.url
  if (!url) throw new Error(`No stack runs on ${folder}: start it first, or name its folder with --state.`)
  const { origin } = new URL(url)
  if (values.list) {
    const letters = await fetch(`${origin}/_local/letters.json`)
    for (const letter of undelivered.parse(await letters.json())) console.info(lineOf(letter))
    return 0
  }
  const headers = { origin, accept: 'application/json' }
  const response = await fetch(`${origin}/_local/replay`, { method: 'POST', headers })
  const { delivered, left } = outcome.parse(await response.json())
  for (const letter of left) console.error(`✗ ${lineOf(letter)}`)
  console.info(`${delivered} delivered, ${left.length} failed again and kept`)
  return left.length
}

function lineOf({ name, error, keys }: z.infer<typeof undelivered>[number]): string {
  return `${name} ${JSON.stringify(keys)}: ${error}`
}
