import { region } from '#infra/region.ts'
import type { Secrets } from './secrets.ts'

export const buckets = { site: 'marquee-site', files: 'marquee-files' } as const
export const tablePrefix = 'marquee-'

export interface Endpoints {
  readonly dynamodb: string
  readonly s3: string
  readonly mail: string
  readonly cognito: string
  /** Absent when the stack talks to Stripe's own test mode. */
  readonly stripe?: string | undefined
}

/** The user pool as Cognito's emulator has it. */
export interface UserPool {
  readonly userPoolId: string
  readonly clientId: string
}

/** What an AWS SDK needs to reach the emulators, and nothing of the person's own AWS configuration. */
export const awsEnvironment = (secrets: Secrets, endpoints: Endpoints): Record<string, string> => ({
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: secrets.s3SecretKey,
  AWS_SESSION_TOKEN: '',
  AWS_PROFILE: '',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_DYNAMODB_STREAMS: endpoints.dynamodb,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_SESV2: endpoints.mail,
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoints.cognito,
})

interface Parts {
  readonly siteUrl: string
  readonly secrets: Secrets
  readonly endpoints: Endpoints
  readonly pool: UserPool
  /** The built site's `entry.mjs`. */
  readonly siteRenderer: string
  /** The person's own environment: a Stripe key in it wins over the simulator. */
  readonly outer: NodeJS.ProcessEnv
}

/** The environment of all functions: what `functions/config.ts` reads. */
export function functionEnvironment({
  siteUrl,
  secrets,
  endpoints,
  pool,
  siteRenderer,
  outer,
}: Parts): Record<string, string> {
  return {
    ...awsEnvironment(secrets, endpoints),
    SITE_URL: siteUrl,
    CATALOG_TABLE: `${tablePrefix}catalog`,
    SALES_TABLE: `${tablePrefix}sales`,
    SITE_BUCKET: buckets.site,
    SITE_RENDERER: siteRenderer,
    FILES_BUCKET: buckets.files,
    COGNITO_USER_POOL_ID: pool.userPoolId,
    COGNITO_CLIENT_ID: pool.clientId,
    COGNITO_BROWSER_ENDPOINT: endpoints.cognito,
    COGNITO_AUTH_FLOW: 'USER_PASSWORD_AUTH',
    TICKET_SECRETS: JSON.stringify({ 1: secrets.ticketSecret }),
    TICKET_KEY_ID: '1',
    MAIL_FROM: 'Marquee <tickets@marquee.example>',
    ...(outer.ADMISSION === undefined ? {} : { ADMISSION: outer.ADMISSION }),
    ...(outer.INDEXNOW_KEY === undefined ? {} : { INDEXNOW_KEY: outer.INDEXNOW_KEY }),
    ...(outer.INDEXNOW_ENDPOINT === undefined ? {} : { INDEXNOW_ENDPOINT: outer.INDEXNOW_ENDPOINT }),
    POWERTOOLS_LOG_LEVEL: outer.POWERTOOLS_LOG_LEVEL ?? 'WARN',
    ...stripeEnvironment(secrets, endpoints.stripe, outer),
  }
}

export const usesRealStripe = (outer: NodeJS.ProcessEnv): boolean => (outer.STRIPE_SECRET_KEY ?? '') !== ''

function stripeEnvironment(secrets: Secrets, simulator: string | undefined, outer: NodeJS.ProcessEnv) {
  if (simulator === undefined) {
    return {
      STRIPE_SECRET_KEY: outer.STRIPE_SECRET_KEY ?? '',
      STRIPE_WEBHOOK_SECRET: outer.STRIPE_WEBHOOK_SECRET ?? secrets.stripeWebhookSecret,
    }
  }
  const { hostname, port } = new URL(simulator)
  return {
    STRIPE_SECRET_KEY: 'sk_test_local',
    STRIPE_WEBHOOK_SECRET: secrets.stripeWebhookSecret,
    STRIPE_HOST: hostname,
    STRIPE_PORT: port,
    STRIPE_PROTOCOL: 'http',
  }
}
