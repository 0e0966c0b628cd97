import { join } from 'node:path'
import { startCognito } from './cognito/server.ts'
import { startMail } from './mail.ts'
import { startS3Server } from './s3/server.ts'
import { type EmulatorReport, type EmulatorSettings, emulatorSettings } from './stack/emulators-process.ts'
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
    startS3Server({ ...s3, port: ports.s3, folder: join(folder, 's3') }),
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
