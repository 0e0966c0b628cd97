import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { foundOrganisationRequest } from '#contracts/organisations.ts'
import { makeId } from '#domain/ids.ts'
import { createMemberStore } from '#functions/store/members.ts'
import { createOrganisationStore } from '#functions/store/organisations.ts'
import { found } from '#functions/usecases/found-organisation.ts'
import { region } from '#infra/region.ts'

const usage = 'npm run organisation -- --table CATALOG_TABLE --name "NAME" --email OWNER [--slug ADDRESS]'

const { values } = parseArgs({
  options: {
    table: { type: 'string' },
    name: { type: 'string' },
    email: { type: 'string' },
    slug: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
})
const { table, help, ...asked } = values
if (help) console.info(usage)
else if (!table || !asked.name || !asked.email) process.exitCode = fail(usage)
else process.exitCode = await make(table)

/** @returns the exit code */
async function make(catalog: string): Promise<0 | 1> {
  const request = foundOrganisationRequest.safeParse(asked)
  if (!request.success)
    return fail(request.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'))
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region }), {
    marshallOptions: { removeUndefinedValues: true },
  })
  const organisations = createOrganisationStore(client, catalog)
  const outcome = await found(
    {
      create: organisations.createOrganisation,
      organisationAt: organisations.getOrganisationBySlug,
      roleOf: createMemberStore(client, catalog).roleOf,
      newId: () => makeId('org', Date.now(), randomBytes(10)),
      now: () => new Date().toISOString(),
    },
    request.data,
  )
  const { slug, email } = request.data
  if (!outcome.ok) return fail(`/organiser/${slug}/ is another organisation: choose its address with --slug.`)
  const { id, name } = outcome.value
  console.info(`✓ ${name} (${id}) is there, its page is /organiser/${slug}/`)
  console.info(`  Next: sign up at /sign-in/ as ${email}, or sign in if that account exists, and open /desk/.`)
  return 0
}

function fail(why: string): 1 {
  console.error(why)
  return 1
}
