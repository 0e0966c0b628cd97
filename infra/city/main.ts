import { parseArgs } from 'node:util'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { line } from '#contracts/common.ts'
import { createCityStore } from '#functions/store/cities.ts'
import { region } from '#infra/region.ts'

const usage = 'npm run city -- --table CATALOG_TABLE --slug ADDRESS (--name "NAME" | --remove)'

const { values } = parseArgs({
  options: {
    table: { type: 'string' },
    slug: { type: 'string' },
    name: { type: 'string' },
    remove: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
})
const { table, slug, name, remove = false, help } = values
if (help) console.info(usage)
else if (!table || !slug || (name === undefined) !== remove) process.exitCode = fail(usage)
else
  process.exitCode = await change(
    createCityStore(DynamoDBDocumentClient.from(new DynamoDBClient({ region })), table),
    slug,
  )

/** @returns the exit code */
async function change({ renameCity, removeCity }: ReturnType<typeof createCityStore>, slug: string): Promise<0 | 1> {
  const unknown = `There is no city at /city/${slug}/.`
  if (name === undefined) {
    const outcome = await removeCity(slug)
    if (outcome === 'unknown') return fail(unknown)
    if (outcome === 'has_events') return fail(`/city/${slug}/ has events, or had some: their pages lead there.`)
    console.info(`✓ /city/${slug}/ goes, and so does its name from the lists of cities.`)
    return 0
  }
  const wanted = line(80).safeParse(name)
  if (!wanted.success) return fail(wanted.error.issues.map(({ message }) => `--name: ${message}`).join('\n'))
  if (!(await renameCity(slug, wanted.data))) return fail(unknown)
  console.info(
    `✓ /city/${slug}/ is called ${wanted.data}. Publish everything: other pages of the city say its name too.`,
  )
  return 0
}

function fail(why: string): 1 {
  console.error(why)
  return 1
}
