import { join } from 'node:path'
import { startCognito } from './cognito/server.ts'
import { startMail } from './mail.ts'
import { startS3Server } from './s3/server.ts'
import { type EmulatorReport, type EmulatorSettings, emulatorSettings, settlement } from './stack/emulators-process.ts'
import { startStripeSimulator } from './stripe/start.ts'

// Ctrl-C reaches the whole group: we end after those who use us, when our channel closes.
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit(0))
process.once('message', (settings) => {
  start(emulatorSettings.parse(settings)).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      const failed = error instanceof Error ? error.message : String(error)
      process.send?.({ failed } satisfies EmulatorReport)
    },
  )
})

async function start({ folder, ports, s3, users, stripe }: EmulatorSettings): Promise<EmulatorReport> {
  const [storage, mail, people, payments] = await Promise.all([
    startS3Server({
      ...s3,
      port: ports.s3,
      folder: join(folder, 's3'),
      subscription: { ...s3.announce, deliver: tellStack },
    }),
    startMail({ port: ports.mail, stateFile: join(folder, 'mail', 'inbox.jsonl') }),
    startCognito({
      port: ports.cognito,
      folder: join(folder, 'cognito'),
      mailUrl: `http://127.0.0.1:${ports.mail}`,
    }),
    stripe &&
      startStripeSimulator({
        port: ports.stripe,
        folder: join(folder, 'stripe'),
        webhook: { url: stripe.webhookUrl, secret: stripe.webhookSecret },
        secretKey: stripe.secretKey,
      }),
  ])
  for (const user of users) await people.seedUser(user)
  const { url: cognito, jwks, userPoolId, clientId } = people
  const pool = { userPoolId, clientId }
  return { ready: { s3: storage.url, mail: mail.url, cognito, jwks, pool, ...(payments && { stripe: payments.url }) } }
}

let told = 0
const waiting = new Map<number, (failed: string | undefined) => void>()

process.on('message', (message) => {
  const { success, data } = settlement.safeParse(message)
  if (success) waiting.get(data.settled)?.(data.failed)
})

/** Resolves when the stack has done with it. */
async function tellStack(event: unknown): Promise<void> {
  const id = ++told
  const settled = new Promise<string | undefined>((resolve) => waiting.set(id, resolve))
  process.send?.({ announced: id, event })
  const failed = await settled
  waiting.delete(id)
  if (failed) throw new Error(failed)
}
