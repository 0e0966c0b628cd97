import { type SessionResponse, startSessionRequest } from '#contracts/session.ts'
import type { Membership } from '#domain/catalog.ts'
import { config } from '../config.ts'
import { isAccessTokenOf, judgeIdToken, refreshIdToken, revokeRefreshToken, type User } from '../gateways/cognito.ts'
import { type AppContext, createApp, Refused, readBody } from '../http/app.ts'
import { clearSession, sessionCookies, setIdToken, setRefreshToken } from '../http/session-cookies.ts'
import { catalogAccess, cognito, tokenVerifier } from '../wiring.ts'

export const app = createApp()

app.post('/api/session', async (c) => {
  const { idToken, accessToken, refreshToken } = await readBody(c, startSessionRequest)
  const judgement = await judgeIdToken(tokenVerifier(), idToken)
  if (judgement.state !== 'valid') throw new Refused('invalid_token')
  const { user } = judgement
  if (!(await isAccessTokenOf(tokenVerifier(), accessToken, user.id))) throw new Refused('invalid_token')
  setIdToken(c, idToken)
  setRefreshToken(c, refreshToken)
  return c.json(await sessionOf(user))
})

app.get('/api/session', async (c) => c.json(await sessionOf(await renewedUser(c))))

app.delete('/api/session', async (c) => {
  const { refreshToken } = sessionCookies(c)
  clearSession(c)
  if (refreshToken) await endRefreshToken(refreshToken)
  return c.json(await sessionOf(null))
})

/** The user behind the cookies, with a fresh id token where the old one ended. Cookies that give nobody are taken away. */
async function renewedUser(c: AppContext): Promise<User | null> {
  const { idToken, refreshToken } = sessionCookies(c)
  if (!idToken && !refreshToken) return null
  const judgement = idToken ? await judgeIdToken(tokenVerifier(), idToken) : null
  if (judgement?.state === 'valid') return judgement.user
  const fresh = refreshToken ? await refreshIdToken(cognito(), config().COGNITO_CLIENT_ID, refreshToken) : null
  const renewed = fresh ? await judgeIdToken(tokenVerifier(), fresh) : null
  if (fresh && renewed?.state === 'valid') {
    setIdToken(c, fresh)
    return renewed.user
  }
  clearSession(c)
  return null
}

async function sessionOf(user: User | null): Promise<SessionResponse> {
  if (!user) return { user: null, organisations: [] }
  const memberships = await catalogAccess().membershipsOf(user.email)
  return {
    user: { id: user.id, email: user.email, name: user.name, groups: [...user.groups] },
    organisations: await Promise.all(memberships.map(organisationView)),
  }
}

async function organisationView({ organisationId: id, role }: Membership) {
  const organisation = await catalogAccess().organisation(id)
  if (!organisation) throw new Error(`${id} has members but is not there`)
  return { id, name: organisation.name, role }
}

/** The browser is signed out in any case: Cognito being out of reach only leaves the token to its own end. */
async function endRefreshToken(refreshToken: string): Promise<void> {
  try {
    await revokeRefreshToken(cognito(), config().COGNITO_CLIENT_ID, refreshToken)
  } catch (error) {
    console.warn('a refresh token could not be revoked', error)
  }
}
