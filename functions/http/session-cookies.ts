import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/** As long as Cognito's refresh token by default; the id token inside ends after an hour and is renewed. */
const lifetimeSeconds = 30 * 24 * 3600

const idCookie = 'session'
const refreshCookie = 'refresh'
const options = {
  prefix: 'host',
  httpOnly: true,
  secure: true,
  sameSite: 'Lax',
  path: '/',
} as const

export const sessionCookies = (c: Context) => ({
  idToken: getCookie(c, idCookie, 'host'),
  refreshToken: getCookie(c, refreshCookie, 'host'),
})

export function setIdToken(c: Context, idToken: string): void {
  setCookie(c, idCookie, idToken, { ...options, maxAge: lifetimeSeconds })
}

export function setRefreshToken(c: Context, refreshToken: string): void {
  setCookie(c, refreshCookie, refreshToken, { ...options, maxAge: lifetimeSeconds })
}

export function clearSession(c: Context): void {
  deleteCookie(c, idCookie, options)
  deleteCookie(c, refreshCookie, options)
}
