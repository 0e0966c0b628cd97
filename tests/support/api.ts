import type { Hono } from 'hono'
import type { AppEnv } from '#functions/http/app.ts'

export const siteUrl = 'https://tickets.example'

/** A client of a function's app that keeps cookies, as a browser would. */
export function browser(app: Hono<AppEnv>, cookies = new Map<string, string>()) {
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await app.request(`${siteUrl}${path}`, {
      method,
      headers: {
        origin: siteUrl,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const name = pair.slice(0, pair.indexOf('='))
      if (/max-age=0/i.test(cookie)) cookies.delete(name)
      else cookies.set(name, pair.slice(name.length + 1))
    }
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what the answer holds and compares it
    const json: any = isJson ? JSON.parse(text) : undefined
    return { status: response.status, headers: response.headers, text, json }
  }
  return { call, cookies }
}

export type Browser = ReturnType<typeof browser>

export const signedIn = (app: Hono<AppEnv>, idToken: string): Browser =>
  browser(app, new Map([['__Host-session', idToken]]))

/** The environment of every function under test; the database and Cognito are added by each test file. */
export const testEnvironment = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  SITE_URL: siteUrl,
  SITE_BUCKET: 'site',
  FILES_BUCKET: 'files',
  COGNITO_USER_POOL_ID: 'us-east-1_LocalPool',
  COGNITO_CLIENT_ID: '1marqueelocal0client0id00',
  STRIPE_SECRET_KEY: 'sk_test_none',
  STRIPE_WEBHOOK_SECRET: 'whsec_test',
  TICKET_SECRETS: JSON.stringify({ 1: 'a master secret for tests, 32 characters' }),
  MAIL_FROM: 'Marquee <tickets@tickets.example>',
}
