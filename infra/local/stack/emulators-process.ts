import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Ports } from './ports.ts'

/** What the process of the emulators is told, once. */
export const emulatorSettings = z.object({
  folder: z.string(),
  ports: z.object({ s3: z.int(), cognito: z.int(), mail: z.int(), stripe: z.int() }),
  s3: z.object({
    accessKeyId: z.string(),
    secretAccessKey: z.string(),
    region: z.string(),
    buckets: z.array(z.string()),
    /** New objects of which the stack is told. */
    announce: z.object({ bucket: z.string(), prefix: z.string() }),
  }),
  /** The demo's accounts; those who exist already get their password back. */
  users: z.array(z.object({ email: z.email(), password: z.string(), name: z.string(), groups: z.array(z.string()) })),
  /** Absent when the stack talks to Stripe's own test mode. */
  stripe: z.object({ webhookUrl: z.url(), webhookSecret: z.string(), secretKey: z.string() }).optional(),
})
export type EmulatorSettings = z.infer<typeof emulatorSettings>

const publicKey = z.object({
  kty: z.literal('RSA'),
  n: z.string(),
  e: z.string(),
  kid: z.string(),
  alg: z.literal('RS256'),
  use: z.literal('sig'),
})

const report = z.union([
  z.object({
    ready: z.object({
      s3: z.url(),
      mail: z.url(),
      stripe: z.url().optional(),
      cognito: z.url(),
      pool: z.object({ userPoolId: z.string(), clientId: z.string() }),
      jwks: z.object({ keys: z.array(publicKey) }),
    }),
  }),
  z.object({ failed: z.string() }),
])
export type EmulatorReport = z.infer<typeof report>

/** A new object that the process of the emulators tells of, and what the stack made of it. */
const announcement = z.object({ announced: z.int(), event: z.unknown() })
export const settlement = z.object({ settled: z.int(), failed: z.string().optional() })
export type Settlement = z.infer<typeof settlement>

/**
 * Starts S3, Cognito, SES and Stripe in one process of their own, which ends as soon as its channel to us closes:
 * also when we are killed. `onLost` is called if it ends before it is told to; `onUpload` takes what S3 tells of new objects.
 */
export async function startEmulators(
  settings: EmulatorSettings,
  onLost: (why: string) => void,
  onUpload: (event: unknown) => Promise<unknown>,
) {
  const file = fileURLToPath(new URL('../emulators.ts', import.meta.url))
  const child = fork(file, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const exited = once(child, 'exit')
  const answered = new Promise<unknown>((resolve) => {
    child.on('message', (message) => {
      if (!announcement.safeParse(message).success) resolve(message)
    })
  })
  child.send(settings)
  child.on('message', (message) => {
    const { success, data } = announcement.safeParse(message)
    if (!success) return
    const settle = (failed?: string) => {
      if (child.connected) child.send({ settled: data.announced, ...(failed ? { failed } : {}) } satisfies Settlement)
    }
    onUpload(data.event).then(
      () => settle(),
      (error: unknown) => settle(String(error)),
    )
  })
  const first = await Promise.race([answered, exited.then(([code]) => ({ failed: `it ended with code ${code}` }))])
  const answer = report.parse(first)
  if ('failed' in answer) {
    child.kill('SIGKILL')
    throw new Error(`The emulators did not start: ${answer.failed}`)
  }
  let isClosing = false
  child.once('exit', (code, signal) => {
    if (!isClosing) onLost(`The emulators ended unexpectedly (${signal ?? `code ${code}`}).`)
  })
  return {
    ...answer.ready,
    close: async () => {
      isClosing = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const force = setTimeout(() => child.kill('SIGKILL'), 5_000)
      if (child.connected) child.disconnect()
      await exited
      clearTimeout(force)
    },
  }
}

export type RunningEmulators = Awaited<ReturnType<typeof startEmulators>>

export const portsOf = ({ s3, cognito, mail, stripe }: Ports): EmulatorSettings['ports'] => ({
  s3,
  cognito,
  mail,
  stripe,
})
