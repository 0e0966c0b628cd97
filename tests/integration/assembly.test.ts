import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { parseConfig } from '#functions/config.ts'
import { functionNames, functions } from '#infra/functions.ts'
import { headerPolicies } from '#infra/headers.ts'
import { routes } from '#infra/routes.ts'
import { testEnvironment } from '#tests/support/api.ts'

const templateSchema = z.object({
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })),
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.any()).default({}) }),
  ),
})

let folder: string
let template: z.infer<typeof templateSchema>

/** The assembly as `npm run synth` writes it, offline; the bundles are stand-ins, since only their places matter here. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'marquee-assembly-'))
  for (const name of functionNames) {
    mkdirSync(join(folder, 'dist/functions', name), { recursive: true })
    writeFileSync(join(folder, 'dist/functions', name, 'index.mjs'), 'export const handler = () => {}\n')
  }
  const app = fileURLToPath(new URL('../../infra/aws/app.ts', import.meta.url))
  const context = { ticketKeyId: '2', secretsVersion: '7' }
  const env = { ...process.env, CDK_OUTDIR: join(folder, 'out'), CDK_CONTEXT_JSON: JSON.stringify(context) }
  execFileSync(process.execPath, [app], { cwd: folder, env, stdio: 'pipe' })
  template = templateSchema.parse(JSON.parse(readFileSync(join(folder, 'out/Marquee.template.json'), 'utf8')))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ofType = (type: string) => Object.values(template.Resources).filter(({ Type }) => Type === type)
const distribution = () => ofType('AWS::CloudFront::Distribution')[0]?.Properties.DistributionConfig

test('every route is a behaviour, in the same order, and leads to an origin that exists', () => {
  const { CacheBehaviors, DefaultCacheBehavior, Origins, OriginGroups } = distribution()
  const patterns = CacheBehaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern)
  expect([...patterns, '*']).toEqual(routes.map(({ pattern }) => pattern))
  const ids = new Set([...Origins, ...OriginGroups.Items].map(({ Id }: { Id: string }) => Id))
  for (const { TargetOriginId } of [...CacheBehaviors, DefaultCacheBehavior]) expect(ids).toContain(TargetOriginId)
})

test('pages have their addresses tidied, and calls of the API carry the address of who asks', () => {
  const edgeOf = ({ FunctionAssociations }: { FunctionAssociations: unknown }) => JSON.stringify(FunctionAssociations)
  const { CacheBehaviors, DefaultCacheBehavior } = distribution()
  for (const [at, behaviour] of [...CacheBehaviors, DefaultCacheBehavior].entries()) {
    const target = routes[at]?.target ?? {}
    expect(edgeOf(behaviour), routes[at]?.pattern).toMatch('function' in target ? /ViewerAddress/ : /ViewerRequest/)
  }
})

test('each function may do what it names and nothing to everything', () => {
  const statements = ofType('AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
  expect(statements.length).toBeGreaterThan(functions.length)
  for (const { Action, Resource } of statements) {
    for (const action of [Action].flat()) expect(action).toMatch(/^[a-z0-9]+:[A-Z]\w+$/)
    for (const resource of [Resource].flat()) expect(resource).not.toBe('*')
  }
})

test('function URLs are signed, but for the webhook that Stripe calls, and may be invoked both ways', () => {
  const urls = ofType('AWS::Lambda::Url').map(({ Properties }) => Properties.AuthType)
  expect(urls.toSorted()).toEqual(
    functions
      .flatMap(({ trigger }) => (trigger === 'open-http' ? ['NONE'] : trigger === 'http' ? ['AWS_IAM'] : []))
      .toSorted(),
  )
  const allowed = ofType('AWS::Lambda::Permission').map(({ Properties }) => Properties.Action)
  expect(new Set(allowed)).toEqual(new Set(['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction']))
})

test('the first deployment finds every secret that it resolves, and nobody can know one of them', () => {
  const secrets = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::SecretsManager::Secret')
  const generated = new Map(secrets.map(([id, { Properties }]) => [id, Properties.GenerateSecretString]))
  const keysOf = (id: string) => {
    const { SecretStringTemplate, GenerateStringKey } = generated.get(id)
    return [...Object.keys(JSON.parse(SecretStringTemplate)), GenerateStringKey]
  }
  for (const { PasswordLength, ExcludePunctuation } of generated.values())
    expect([PasswordLength, ExcludePunctuation]).toEqual([48, true])
  const resolved = [...JSON.stringify(ofType('AWS::Lambda::Function')).matchAll(resolvedSecret)]
  expect(resolved).not.toEqual([])
  for (const [, id = '', key] of resolved) if (key) expect(keysOf(id)).toContain(key)

  const [ofTickets = ''] = [...generated.keys()].filter((id) => id.includes('TicketSecrets'))
  const { GenerateStringKey, PasswordLength } = generated.get(ofTickets)
  const example = JSON.stringify({ [GenerateStringKey]: 'x'.repeat(PasswordLength) })
  const withExample = parseConfig({ ...testEnvironment, ...tables, TICKET_SECRETS: example, TICKET_KEY_ID: '1' })
  expect(Object.keys(withExample.TICKET_SECRETS ?? {})).toEqual(['1'])
  expect(generated.get(ofTickets).SecretStringTemplate).toBe('{}')
})

/** `{{resolve:secretsmanager:`, the secret, `:SecretString:KEY::}}`; without a key it is the whole of it. */
const resolvedSecret = /\{\{resolve:secretsmanager:","?\{"Ref":"(\w+)"\}"?,":SecretString:(\w*):*\}\}/g
const tables = { CATALOG_TABLE: 'catalog', SALES_TABLE: 'sales' }

test('a function is given the secrets that its row names, and is another one when their version is', () => {
  for (const { name, usesStripe, usesTicketSecrets } of functions) {
    const { Variables } = environmentOf(name)
    expect([name, 'STRIPE_SECRET_KEY' in Variables, 'STRIPE_WEBHOOK_SECRET' in Variables]).toEqual([
      name,
      usesStripe,
      usesStripe,
    ])
    expect([name, 'TICKET_SECRETS' in Variables, Variables.TICKET_KEY_ID]).toEqual([
      name,
      usesTicketSecrets,
      usesTicketSecrets ? '2' : undefined,
    ])
    expect([name, Variables.SECRETS_VERSION]).toEqual([name, usesStripe || usesTicketSecrets ? '7' : undefined])
  }
})

const environmentOf = (name: string) =>
  Object.entries(template.Resources).find(
    ([id, { Type }]) => Type === 'AWS::Lambda::Function' && new RegExp(`^Functions${name}[0-9A-F]{8}$`).test(id),
  )?.[1].Properties.Environment

test('old versions of pages and files go after a month, and what was never sent whole after a week', () => {
  const versioned = ofType('AWS::S3::Bucket').filter(({ Properties }) => Properties.VersioningConfiguration)
  expect(versioned).toHaveLength(2)
  for (const { Properties } of versioned) {
    const rules = Properties.LifecycleConfiguration.Rules
    const forAll = rules.filter(({ Prefix, Status }: Rule) => Prefix === undefined && Status === 'Enabled')
    expect(forAll).toEqual([
      {
        Status: 'Enabled',
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
        ExpiredObjectDeleteMarker: true,
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ])
  }
})

type Rule = { readonly Prefix?: string; readonly Status: string }

test('the deployment prints every name that the operator’s commands need', () => {
  const operations = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
  const named = new Set([...operations.matchAll(/[`(]output ([A-Z][a-z]\w+)/g)].map(([, name]) => name))
  expect(named.size).toBeGreaterThan(5)
  expect(Object.keys(template.Outputs)).toEqual(expect.arrayContaining([...named]))
})

test('streams report what failed, tables are protected, and code runs on arm64 with Node.js 24', () => {
  const sources = ofType('AWS::Lambda::EventSourceMapping')
  expect(sources).toHaveLength(3)
  for (const { Properties } of sources) expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures'])
  for (const { Properties } of ofType('AWS::DynamoDB::GlobalTable')) {
    expect(Properties.Replicas[0].DeletionProtectionEnabled).toBe(true)
    expect(Properties.Replicas[0].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true)
  }
  for (const { Properties } of ofType('AWS::Lambda::Function'))
    if (Properties.Handler === 'index.handler' && Properties.Environment?.Variables?.SITE_URL)
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] })
})

const asyncCalls = (name: string) =>
  ofType('AWS::Lambda::EventInvokeConfig')
    .map(({ Properties }) => Properties)
    .filter(({ FunctionName }) => JSON.stringify(FunctionName).includes(`Functions${name}`))

test('what the clock calls is not tried again: it calls at the next minute, and a second “publish all” would begin anew', () => {
  for (const name of ['publisher', 'sweeper']) expect(asyncCalls(name)).toMatchObject([{ MaximumRetryAttempts: 0 }])
})

test('storage tells one function of originals, which waits for its failures to be seen, and takes forms from the site alone', () => {
  const rules = ofType('AWS::Events::Rule')
  expect(rules).toHaveLength(2)
  const rule = rules.find(({ Properties }) => Properties.EventPattern.detail.object)
  expect(rule?.Properties.EventPattern).toMatchObject({
    source: ['aws.s3'],
    'detail-type': ['Object Created'],
    detail: { object: { key: [{ prefix: 'uploads/' }] } },
  })
  expect(JSON.stringify(rule?.Properties.Targets)).toMatch(/Functionspictures.*DeadLetters/s)
  expect(asyncCalls('pictures')).toMatchObject([
    { MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: { Destination: expect.anything() } } },
  ])
  const announced = ofType('AWS::S3::Bucket').filter(({ Properties }) => Properties.NotificationConfiguration)
  expect(announced).toHaveLength(2)
  const files = announced.find(({ Properties }) => Properties.CorsConfiguration)
  expect(files?.Properties).toMatchObject({
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    CorsConfiguration: {
      CorsRules: [{ AllowedMethods: ['POST'], AllowedOrigins: ['https://tickets.example.com'], AllowedHeaders: ['*'] }],
    },
    LifecycleConfiguration: {
      Rules: [
        { Prefix: 'uploads/', ExpirationInDays: 1, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
        expect.not.objectContaining({ Prefix: expect.anything() }),
      ],
    },
  })
})

test('S3 keeps records that a stream function gave up, whole and for a month, and the queue that wakes somebody is told', () => {
  const [letters, ...others] = Object.entries(template.Resources).filter(([id]) => /BucketsLetters[^P]*$/.test(id))
  expect(others).toEqual([])
  const [id, bucket] = letters ?? []
  expect(bucket?.Properties.LifecycleConfiguration.Rules).toMatchObject([{ ExpirationInDays: 30 }])
  for (const { Properties } of ofType('AWS::Lambda::EventSourceMapping')) {
    expect(Properties.DestinationConfig.OnFailure.Destination).toEqual({ 'Fn::GetAtt': [id, 'Arn'] })
    expect(Properties.MaximumRetryAttempts).toBe(20)
  }
  const rule = ofType('AWS::Events::Rule').find(({ Properties }) => !Properties.EventPattern.detail.object)
  expect(rule?.Properties.EventPattern.detail).toEqual({ bucket: { name: [{ Ref: id }] } })
  expect(JSON.stringify(rule?.Properties.Targets)).toContain('DeadLetters')
  const writers = ofType('AWS::IAM::Policy').filter(({ Properties }) => JSON.stringify(Properties).includes(String(id)))
  expect(writers.map(({ Properties }) => Properties.PolicyName.replace(/role.*/, '')).toSorted()).toEqual([
    'Functionsfulfilment',
    'Functionspublisher',
    'Functionssharing',
  ])
})

test('who handles pictures may touch originals and media and nothing else in a bucket', () => {
  const objects = (name: string) =>
    ofType('AWS::IAM::Policy')
      .filter(({ Properties }) => Properties.PolicyName.includes(name))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Action }: { Action: string | string[] }) => [Action].flat().some((one) => /^s3:.*Object$/.test(one)))
      .map(({ Action, Resource }: { Action: string | string[]; Resource: { 'Fn::Join': [string, string[]] } }) => [
        [Action]
          .flat()
          .map((one) => one.slice(3))
          .toSorted(),
        Resource['Fn::Join'][1].at(-1),
      ])
  expect(objects('Functionspictures')).toEqual([
    [['DeleteObject', 'GetObject', 'PutObject'], '/media/*'],
    [['DeleteObject', 'GetObject'], '/uploads/*'],
  ])
  expect(objects('Functionsorganiser')).toEqual([[['PutObject'], '/uploads/*']])
  expect(objects('Functionssweeper')).toEqual([[['DeleteObject', 'GetObject', 'PutObject'], '/media/*']])
})

test('the desk may send files to where originals are taken in, other pages may not', () => {
  const policies = ofType('AWS::CloudFront::ResponseHeadersPolicy').map(({ Properties }) =>
    JSON.stringify(Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy),
  )
  expect(policies).toHaveLength(headerPolicies.length)
  expect(policies.filter((text) => text.includes('RegionalDomainName'))).toHaveLength(1)
})

test('log lines that say that money is not where it should be, or a page is not, wake somebody, and are the lines that are written', () => {
  const source = (path: string) => readFileSync(new URL(`../../functions/${path}`, import.meta.url), 'utf8')
  const filters = ofType('AWS::Logs::MetricFilter').map(({ Properties }) => Properties)
  const written = {
    'refund-failed': ['Functionsfulfilmentlogs', "'a refund failed'", source('fulfilment/index.ts')],
    'payment-misfit': ['Functionswebhookslogs', "'a payment does not fit its order'", source('webhooks/routes.ts')],
    'sweeper-failures': ['Functionssweeperlogs', "'swept', { orders, cancellations", source('sweeper/index.ts')],
    'page-not-published': ['Functionspublisherlogs', "'page not published'", source('publisher/index.ts')],
  }
  expect(filters).toHaveLength(Object.keys(written).length)
  for (const [name, [logGroup, line = '', text]] of Object.entries(written)) {
    const filter = filters.find(({ MetricTransformations: [metric] }) => metric.MetricName === name)
    expect(JSON.stringify(filter?.LogGroupName)).toContain(logGroup)
    expect(filter?.FilterPattern).toContain(`$.message = "${line.split("'")[1]}"`)
    expect(text).toContain(line)
    const alarm = ofType('AWS::CloudWatch::Alarm').find(({ Properties }) => Properties.MetricName === name)
    expect(alarm?.Properties).toMatchObject({ Threshold: 1, AlarmActions: [{ Ref: expect.stringMatching(/Topic/) }] })
  }
  const sweeper = filters.find(({ MetricTransformations: [metric] }) => metric.MetricName === 'sweeper-failures')
  expect(sweeper?.FilterPattern).toMatch(/\$\.orders\.failed > 0.*\|\|.*\$\.cancellations\.failed > 0/)
})
