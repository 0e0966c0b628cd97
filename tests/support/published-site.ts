import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { S3Client } from '@aws-sdk/client-s3'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import type { SiteReader, SiteSettings } from '#contracts/site.ts'
import type { Instant } from '#domain/catalog.ts'
import { createFiles } from '#functions/gateways/files.ts'
import type { BuiltSite } from '#functions/publisher/adapter/render.ts'
import { createEventStore } from '#functions/store/events.ts'
import { createOrganisationStore } from '#functions/store/organisations.ts'
import { createSiteReader } from '#functions/store/site-reader.ts'
import { startS3Server } from '#infra/local/s3/server.ts'
import { buildSite, siteRenderer } from '#infra/local/stack/site-build.ts'
import { findStreamArn, StreamSource } from '#infra/local/stream-source.ts'
import { startTestDynamoDb } from './dynamodb.ts'

export const settings: SiteSettings = {
  siteUrl: 'https://tickets.example',
  cognito: { userPoolId: 'us-east-1_Pool', clientId: 'client', authFlow: 'USER_SRP_AUTH' },
}

export type PublishedSite = Awaited<ReturnType<typeof startPublishedSite>>

/** The publisher's own parts over DynamoDB Local and our S3 server, with a clock that the test moves. */
export async function startPublishedSite(now: Instant) {
  await buildSite()
  const { renderPage, fixedPaths }: BuiltSite = await import(pathToFileURL(siteRenderer).href)
  const folder = mkdtempSync(join(tmpdir(), 'marquee-site-'))
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' }
  const region = 'us-east-1'
  const server = await startS3Server({ port: 0, folder, region, buckets: ['live', 'full', 'control'], ...credentials })
  const s3 = new S3Client({ endpoint: server.url, region, forcePathStyle: true, credentials, maxAttempts: 8 })
  const dynamo = await startTestDynamoDb()
  const client = DynamoDBDocumentClient.from(dynamo.client, { marshallOptions: { removeUndefinedValues: true } })
  const table = dynamo.tableName('catalog')
  const streams = new DynamoDBStreamsClient({ endpoint: dynamo.endpoint, region, credentials, maxAttempts: 8 })
  const source = new StreamSource(streams, await findStreamArn(streams, table), { streamArn: '', shards: {} })
  const clock = { at: now }
  const reader = createSiteReader(client, table)
  const rendered: string[] = []
  const renderFrom = (from: SiteReader) => (path: string) => {
    rendered.push(path)
    return renderPage(path, { reader: from, settings, now: clock.at })
  }

  return {
    clock,
    client,
    table,
    reader,
    rendered,
    server,
    s3,
    events: createEventStore(client, table),
    organisations: createOrganisationStore(client, table),
    portsTo: (bucket: 'live' | 'full' | 'control') => ({
      files: createFiles(s3, bucket),
      reader,
      fixedPaths,
      now: () => clock.at,
      // A page that fails here is wrong, not late: machines that run tests may be slow.
      pageDeadlineMs: 300_000,
      render: renderFrom(reader),
      renderFrom,
    }),
    /** Hands over what was written since the last call, at most so many records at once; answers whether there was any. */
    drain: async (limit: number, take: (records: DynamoDBRecord[]) => Promise<unknown>) => {
      const found = await source.readEach(limit, async (records, advance) => {
        await take(records)
        for (const record of records) advance(record)
      })
      return found === 'something'
    },
    close: async () => {
      streams.destroy()
      s3.destroy()
      await server.close()
      await dynamo.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Everything in a bucket: key → type and bytes. */
export async function contentsOf(files: ReturnType<typeof createFiles>): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for await (const key of files.listKeys())
    found.set(key, Buffer.from((await files.readFile(key)) ?? []).toString('latin1'))
  return found
}

/** What is not the same in two sites, said so that a person finds it. */
export function differencesOf(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] {
  const keys = [...new Set([...one.keys(), ...other.keys()])].toSorted()
  return keys.flatMap((key) => {
    const [a, b] = [one.get(key), other.get(key)]
    if (a === b) return []
    if (a === undefined) return [`missing: ${key}`]
    if (b === undefined) return [`superfluous: ${key}`]
    const at = [...a].findIndex((sign, place) => sign !== b[place])
    return [
      `different: ${key} at ${at}: …${a.slice(Math.max(0, at - 60), at + 60)}… | …${b.slice(Math.max(0, at - 20), at + 60)}…`,
    ]
  })
}
