import { z } from 'zod'

/** The environment, parsed once. Local and AWS differ by these values only. */
const schema = z.object({
  SITE_URL: z.url().transform((url) => url.replace(/\/$/, '')),
  CATALOG_TABLE: z.string().min(1),
  SALES_TABLE: z.string().min(1),
  SITE_BUCKET: z.string().min(1),
  /** Path of the built site's `entry.mjs`; the publisher alone needs it. */
  SITE_RENDERER: z.string().min(1).optional(),
  /** Private: ticket PDFs, uploads. */
  FILES_BUCKET: z.string().min(1),
  COGNITO_USER_POOL_ID: z.string().min(1),
  COGNITO_CLIENT_ID: z.string().min(1),
  /** Where browsers reach Cognito when it is not at AWS's address. */
  COGNITO_BROWSER_ENDPOINT: z.url().optional(),
  COGNITO_AUTH_FLOW: z.enum(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH']).default('USER_SRP_AUTH'),
  /** Secrets are absent where a function does without: see `infra/functions.ts`. */
  STRIPE_SECRET_KEY: z.string().min(1).optional(),
  STRIPE_WEBHOOK_SECRET: z.string().min(1).optional(),
  STRIPE_HOST: z.string().optional(),
  STRIPE_PORT: z.coerce.number().int().optional(),
  STRIPE_PROTOCOL: z.enum(['http', 'https']).optional(),
  /** `{"1":"…"}`: master secrets by key id (1-255), each at least 32 characters. */
  TICKET_SECRETS: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.record(z.string().regex(/^[1-9]\d{0,2}$/), z.string().min(32)))
    .optional(),
  TICKET_KEY_ID: z.coerce.number().int().min(1).max(255).default(1),
  MAIL_FROM: z.string().min(3),
  /** Tells search engines of changed pages; absent: nobody is told. The key is public: it stands in a file of the site. */
  INDEXNOW_KEY: z
    .string()
    .regex(/^[A-Za-z0-9-]{8,128}$/)
    .optional(),
  INDEXNOW_ENDPOINT: z.url().default('https://api.indexnow.org/indexnow'),
  /** How many orders are let in; absent: all. See `AdmissionLimits`. */
  ADMISSION: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(
      z.strictObject({
        paymentPagesPerSecond: z.number().positive(),
        perAddressPerMinute: z.int().positive(),
        perBuyerPerMinute: z.int().positive(),
      }),
    )
    .optional(),
})

export type Config = z.infer<typeof schema>

let parsed: Config | undefined

/** Throws one readable error that names every missing or malformed variable. */
export function config(): Config {
  parsed ??= parseConfig(process.env)
  return parsed
}

/** A secret that not every function is given. */
export function secret<K extends 'STRIPE_SECRET_KEY' | 'STRIPE_WEBHOOK_SECRET' | 'TICKET_SECRETS'>(
  name: K,
): NonNullable<Config[K]> {
  const value = config()[name]
  if (value === undefined) throw new Error(`${name} is not given to this function: see its row in infra/functions.ts`)
  return value
}

export function parseConfig(environment: Record<string, string | undefined>): Config {
  const result = schema.safeParse(environment)
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The environment is not complete: ${problems.join('; ')}`)
}
