import type { EventRecord, Role } from '#domain/catalog.ts'
import { judgeIdToken, type User } from '../gateways/cognito.ts'
import { catalogAccess, tokenVerifier } from '../wiring.ts'
import { type AppContext, Refused } from './app.ts'
import { sessionCookies } from './session-cookies.ts'

export type { User }

/**
 * Who asks, by the session cookie; null for nobody and for a cookie that is not genuine.
 *
 * Refuses with `session_expired` when the id token's hour is over and a refresh token stands beside it: the API client then
 * renews by `GET /api/session` and repeats the call.
 */
export async function currentUser(c: AppContext): Promise<User | null> {
  const { idToken, refreshToken } = sessionCookies(c)
  if (!idToken) return null
  const judgement = await judgeIdToken(tokenVerifier(), idToken)
  if (judgement.state === 'expired' && refreshToken) throw new Refused('session_expired')
  return judgement.state === 'valid' ? judgement.user : null
}

export async function requireUser(c: AppContext): Promise<User> {
  const user = await currentUser(c)
  if (!user) throw new Refused('not_signed_in')
  return user
}

export interface Member {
  readonly user: User
  readonly organisationId: string
  readonly role: Role
}

/** An organisation that is not the user's is answered like one that does not exist; a role too low says so. */
export async function requireMember(c: AppContext, organisationId: string, allowed: readonly Role[]): Promise<Member> {
  const user = await requireUser(c)
  const role = await catalogAccess().roleOf(organisationId, user.email)
  if (!role) throw new Refused('not_found')
  if (!allowed.includes(role)) throw new Refused('forbidden')
  return { user, organisationId, role }
}

export async function requireEventMember(
  c: AppContext,
  eventId: string,
  allowed: readonly Role[],
): Promise<Member & { readonly event: EventRecord }> {
  await requireUser(c)
  const event = await catalogAccess().event(eventId)
  if (!event) throw new Refused('not_found')
  return { ...(await requireMember(c, event.organisationId, allowed)), event }
}
