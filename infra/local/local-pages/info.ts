import type { UserPool } from '../stack/environment.ts'

export interface DemoAccount {
  readonly email: string
  readonly password: string
  readonly role: string
}

export interface DemoEventLink {
  readonly id: string
  readonly slug: string
  readonly path: string
  readonly state: string
}

/** What a person or a test needs to know of this stack. */
export interface LocalInfo {
  readonly site: string
  readonly cognito: { readonly endpoint: string } & UserPool
  readonly mail: string
  /** Of the simulator's control page, or of Stripe's own test mode. */
  readonly stripe: string
  readonly dynamodb: string
  readonly s3: string
  readonly demo: { readonly accounts: readonly DemoAccount[]; readonly events: readonly DemoEventLink[] }
}
