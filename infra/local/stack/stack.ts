import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import { originalsPrefix } from '#domain/pictures.ts'
import { functions, uploadReader } from '#infra/functions.ts'
import { tables } from '#infra/tables.ts'
import { createTables, startDynamoDb } from '../dynamodb.ts'
import type { Invoke } from '../gateway/function-origin.ts'
import { createGateway } from '../gateway/gateway.ts'
import { serve } from '../gateway/server.ts'
import { findJava } from '../java.ts'
import { createLocalPages } from '../local-pages/local-pages.ts'
import { demoAccounts, demoEvents, demoUsers } from '../seed/index.ts'
import { portsOf, startEmulators } from './emulators-process.ts'
import { buckets, functionEnvironment, tablePrefix, usesRealStripe } from './environment.ts'
import { createInvoke } from './invoke.ts'
import { startMinuteClock } from './minute-clock.ts'
import type { StackOptions } from './options.ts'
import { choosePorts } from './ports.ts'
import { type Pumps, startPumps } from './pumps.ts'
import { loadSecrets } from './secrets.ts'
import { buildSite, keepRenderer } from './site-build.ts'
import { openStateFolder } from './state-folder.ts'
import type { Steps } from './steps.ts'

export interface RunningStack {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Ends what was started, last first, whatever becomes of the others. */
function createClosing() {
  const closers: (() => unknown)[] = []
  return {
    add: (close: () => unknown) => void closers.push(close),
    async closeAll() {
      for (const close of closers.splice(0).reverse()) {
        await Promise.resolve()
          .then(close)
          .catch((error: unknown) => console.error('While ending:', error))
      }
    },
  }
}

/** Starts every part of the local stack. When one cannot start, those before it are ended and its error is thrown. */
export async function startStack(
  options: StackOptions,
  steps: Steps,
  onLost: (why: string) => void,
  outer: NodeJS.ProcessEnv = process.env,
): Promise<RunningStack> {
  const closing = createClosing()
  try {
    const url = await startParts(options, steps, onLost, closing, { ...outer })
    return { url, close: closing.closeAll }
  } catch (error) {
    await closing.closeAll()
    throw error
  }
}

async function startParts(
  { folder, fresh, port }: StackOptions,
  steps: Steps,
  onLost: (why: string) => void,
  closing: ReturnType<typeof createClosing>,
  outer: NodeJS.ProcessEnv,
): Promise<string> {
  const lock = await openStateFolder(folder, fresh)
  closing.add(lock.release)
  const ports = await choosePorts(folder, port, lock.tookOver)
  const secrets = await loadSecrets(folder)
  const siteUrl = `http://localhost:${ports.site}`
  lock.serveAt(`${siteUrl}/`)

  await steps.run('Java', () => findJava(steps.say))
  const startingDynamoDb = steps.run('DynamoDB', async () => {
    const engine = await startDynamoDb({ port: ports.dynamodb, dataFolder: join(folder, 'dynamodb') })
    closing.add(engine.close)
    return engine
  })
  let pumps: Pumps | undefined
  const { promise: functionsReady, resolve: announceFunctions } = Promise.withResolvers<Invoke>()
  const startingEmulators = steps.run('S3, Cognito, SES and Stripe', async () => {
    const emulators = await startEmulators(
      {
        folder,
        ports: portsOf(ports),
        users: demoUsers,
        s3: {
          accessKeyId: 'local',
          secretAccessKey: secrets.s3SecretKey,
          region: 'us-east-1',
          buckets: Object.values(buckets),
          announce: { bucket: buckets.files, prefix: originalsPrefix },
        },
        ...(!usesRealStripe(outer) && {
          stripe: {
            webhookUrl: `${siteUrl}/webhooks/stripe`,
            webhookSecret: secrets.stripeWebhookSecret,
            secretKey: 'sk_test_local',
          },
        }),
      },
      onLost,
      // Files that were sent before an earlier run ended come before there is anybody to read them.
      (event) => functionsReady.then((invoke) => invoke(uploadReader, event)).finally(() => pumps?.nudge()),
    )
    closing.add(emulators.close)
    return emulators
  })
  const buildingSite = steps.run('Site built', buildSite)
  const [dynamodb, emulators, builtFrom] = await allOf([startingDynamoDb, startingEmulators, buildingSite])

  const endpoints = { dynamodb: dynamodb.url, ...emulators }
  const { pool } = emulators
  const siteRenderer = await keepRenderer(folder, builtFrom)
  Object.assign(process.env, functionEnvironment({ siteUrl, secrets, endpoints, pool, siteRenderer, outer }))
  // Imported only now: the functions' clients are made from the environment.
  const { tokenVerifier } = await import('#functions/wiring.ts')
  const { fillSite } = await import('./content.ts')
  tokenVerifier().cacheJwks(emulators.jwks)

  const database = new DynamoDBClient({})
  await steps.run('Tables', () => createTables(database, tables, tablePrefix))
  database.destroy()

  const invoke = createInvoke()
  const local = createLocalPages({
    info: {
      site: siteUrl,
      cognito: { endpoint: emulators.cognito, ...emulators.pool },
      mail: emulators.mail,
      stripe: emulators.stripe ?? 'https://dashboard.stripe.com/test/payments',
      dynamodb: dynamodb.url,
      s3: emulators.s3,
      demo: {
        accounts: demoAccounts.map(({ email, password, role }) => ({ email, password, role })),
        events: demoEvents,
      },
    },
    deadLetters: async () => (await pumps?.deadLetters()) ?? [],
    replay: async () => (await pumps?.replay()) ?? 0,
  })
  const gateway = createGateway({
    site: { s3: new S3Client({}), bucket: buckets.site },
    invoke,
    origins: { cognito: emulators.cognito, uploads: emulators.s3 },
    isOpen: (name) => functions.some((one) => one.name === name && one.trigger === 'open-http'),
    afterWrite: () => pumps?.nudge(),
  })
  const server = await serve(async (request) => (await local(request)) ?? gateway(request), ports.site)
  closing.add(server.close)
  const addresses = [siteUrl, emulators.cognito]
  await fillSite(steps, { folder, builtFrom, addresses, hasSimulator: emulators.stripe !== undefined, invoke })
  pumps = await startPumps(folder, invoke)
  announceFunctions(invoke)
  closing.add(pumps.close)
  const everyMinute = functions.flatMap(({ name, eachMinute = [] }) => eachMinute.map((event) => ({ name, event })))
  const clock = startMinuteClock((event) =>
    Promise.all([invoke('sweeper', event), ...everyMinute.map((one) => invoke(one.name, one.event))]),
  )
  closing.add(clock.close)
  return `${siteUrl}/`
}

/** Waits for all even when one fails, so that none is still starting while the rest is ended. */
async function allOf<T extends readonly unknown[]>(tasks: readonly [...{ [K in keyof T]: Promise<T[K]> }]): Promise<T> {
  await Promise.allSettled(tasks)
  return Promise.all(tasks)
}
