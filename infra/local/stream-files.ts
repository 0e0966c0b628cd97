import { appendFile, mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DynamoDBRecord } from 'aws-lambda'
import { z } from 'zod'

/** How far each shard has been delivered: everything up to and with `after`; `finished` when it will bring nothing more. */
export type Checkpoint = { streamArn: string; shards: Record<string, { after?: string; finished?: boolean }> }

/** A record that its handler could not take. */
export type DeadLetter = { at: string; attempts: number; error: string; record: DynamoDBRecord }

const checkpointSchema = z.object({
  streamArn: z.string(),
  shards: z.record(z.string(), z.object({ after: z.string().exactOptional(), finished: z.boolean().exactOptional() })),
})

const deadLetterSchema = z.object({
  at: z.string(),
  attempts: z.number(),
  error: z.string(),
  record: z.custom<DynamoDBRecord>((value) => typeof value === 'object' && value !== null && 'eventID' in value),
})

/** The checkpoint of this stream; an empty one, which only delivers again, when it is new or its table was made anew. */
export async function readCheckpoint(path: string, streamArn: string): Promise<Checkpoint> {
  const checkpoint = checkpointSchema.safeParse(parseJson(await readIfThere(path))).data
  return checkpoint?.streamArn === streamArn ? checkpoint : { streamArn, shards: {} }
}

export const writeCheckpoint = (path: string, checkpoint: Checkpoint) => replaceFile(path, JSON.stringify(checkpoint))

/** Each record once, though a process killed between this file and its checkpoint has written it twice. */
export async function readDeadLetters(path: string): Promise<DeadLetter[]> {
  const lines = (await readIfThere(path)).split('\n').filter((line) => line.trim() !== '')
  const letters = lines.flatMap((line) => deadLetterSchema.safeParse(parseJson(line)).data ?? [])
  return [...new Map(letters.map((letter) => [letter.record.eventID, letter])).values()]
}

export async function addDeadLetter(path: string, letter: DeadLetter): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  // The line break before it parts it from a line that a killed process left unfinished.
  await appendFile(path, `\n${JSON.stringify(letter)}`)
}

export const writeDeadLetters = (path: string, letters: DeadLetter[]) =>
  replaceFile(path, letters.map((letter) => JSON.stringify(letter)).join('\n'))

/** The old content or the new, never a part of it, whenever the process ends. */
async function replaceFile(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const unfinished = `${path}.new`
  const file = await open(unfinished, 'w')
  await file.writeFile(content)
  await file.close()
  await rename(unfinished, path)
}

async function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
