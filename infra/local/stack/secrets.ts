import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const secrets = z.object({
  /** Signs tickets: it must stay, or tickets already sold would no longer scan. */
  ticketSecret: z.string().min(32),
  stripeWebhookSecret: z.string().startsWith('whsec_'),
  s3SecretKey: z.string().min(16),
})
export type Secrets = z.infer<typeof secrets>

/** Made once for each state folder. */
export async function loadSecrets(folder: string): Promise<Secrets> {
  const file = join(folder, 'secrets.json')
  const earlier = await readFile(file, 'utf8').catch(() => undefined)
  if (earlier !== undefined) return secrets.parse(JSON.parse(earlier))
  const made: Secrets = {
    ticketSecret: randomBytes(32).toString('base64url'),
    stripeWebhookSecret: `whsec_${randomBytes(24).toString('base64url')}`,
    s3SecretKey: randomBytes(24).toString('base64url'),
  }
  await writeFile(file, JSON.stringify(made), { mode: 0o600 })
  return made
}
