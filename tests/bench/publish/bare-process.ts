import { once } from 'node:events'
import { S3Client } from '@aws-sdk/client-s3'
import { createFiles } from '#functions/gateways/files.ts'
import type { BuiltSite } from '#functions/publisher/adapter/render.ts'
import { keyOf } from '#functions/publisher/publish.ts'
import { buckets } from '#infra/local/stack/environment.ts'
import { siteRenderer } from '#infra/local/stack/site-build.ts'
import { staticSite } from '#tests/support/static-site/paths.ts'

/** Renders and puts its share of what `astro build` makes, from the same records in memory: a full publish that reads nothing. */
const [share = 0, shares = 1, putsAtOnce = 1] = process.argv.slice(2).map(Number)
const { renderPage, fixedPaths }: BuiltSite = await import(siteRenderer)
const { locals, paths } = await staticSite()
const own = [...new Set([...fixedPaths, ...paths])].sort().filter((_, at) => at % shares === share)
const files = createFiles(new S3Client({}), buckets.files)
process.send?.('ready')
await once(process, 'message')
const queue = own.values()
const work = async () => {
  for (const path of queue) {
    const { body, contentType } = await renderPage(path, locals)
    await files.putFile(`bare/${keyOf(path)}`, { body, contentType }, 'absent')
  }
}
await Promise.all(Array.from({ length: putsAtOnce }, work))
process.send?.('done')
process.disconnect()
