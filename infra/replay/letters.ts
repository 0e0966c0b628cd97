import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3'
import { z } from 'zod'

/**
 * What Lambda keeps of stream records that it gave up, one object a batch:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
const letter = z.object({
  requestContext: z.object({ functionArn: z.string() }),
  /** The whole event, as the function was called with it. */
  payload: z.union([z.string().transform((text): unknown => JSON.parse(text)), z.looseObject({})]),
})
const answer = z.object({ batchItemFailures: z.array(z.unknown()).default([]) }).nullish()

export interface Replayed {
  /** Key of the object. */
  readonly letter: string
  /** Null: all was taken this time, and the letter is gone. Else what the function said; the letter stays. */
  readonly failed: string | null
}

interface Ports {
  readonly s3: Pick<S3Client, 'send'>
  readonly lambda: Pick<LambdaClient, 'send'>
  readonly bucket: string
}

/** Calls each function again with what it could not take, the oldest first. One that fails holds up no other. */
export async function* replayLetters(ports: Ports): AsyncGenerator<Replayed> {
  for (const key of await listKeys(ports)) {
    const failed = await replayOne(ports, key).catch((error: unknown) => String(error))
    if (failed === null) await ports.s3.send(new DeleteObjectCommand({ Bucket: ports.bucket, Key: key }))
    yield { letter: key, failed }
  }
}

export async function listKeys({ s3, bucket }: Pick<Ports, 's3' | 'bucket'>): Promise<readonly string[]> {
  const found: { key: string; at: number }[] = []
  let from: string | undefined
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: from }))
    for (const { Key = '', LastModified } of page.Contents ?? [])
      found.push({ key: Key, at: LastModified?.getTime() ?? 0 })
    from = page.NextContinuationToken
  } while (from)
  return found.toSorted((one, other) => one.at - other.at).map(({ key }) => key)
}

async function replayOne({ s3, lambda, bucket }: Ports, key: string): Promise<string | null> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  const { requestContext, payload } = letter.parse(JSON.parse((await Body?.transformToString()) ?? ''))
  const { FunctionError, Payload, LogResult } = await lambda.send(
    new InvokeCommand({
      FunctionName: functionOf(requestContext.functionArn),
      Payload: Buffer.from(JSON.stringify(payload)),
      LogType: 'Tail',
    }),
  )
  const said = Payload ? Buffer.from(Payload).toString() : 'null'
  if (!FunctionError && answer.parse(JSON.parse(said))?.batchItemFailures.length === 0) return null
  return [FunctionError, said, LogResult && Buffer.from(LogResult, 'base64').toString()].filter(Boolean).join('\n')
}

/** `arn:aws:lambda:REGION:ACCOUNT:function:NAME:$LATEST` without the version. */
const functionOf = (arn: string): string => arn.split(':').slice(0, 7).join(':')
