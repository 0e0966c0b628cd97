import { StripeFault } from './errors.ts'

/** @throws StripeFault 401 unless the header carries `secretKey`, or any test key when none is set. */
export function requireKey(header: string | undefined, secretKey: string | undefined) {
  const key = keyFrom(header)
  if (!key) {
    throw unauthorised(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    )
  }
  const isValid = secretKey ? key === secretKey : /^(sk|rk)_test_\w+$/.test(key)
  if (!isValid) throw unauthorised(`Invalid API Key provided: ${masked(key)}`)
}

function keyFrom(header = ''): string | undefined {
  const [scheme = '', credentials = ''] = header.split(' ')
  if (scheme.toLowerCase() === 'bearer') return credentials
  if (scheme.toLowerCase() === 'basic') return Buffer.from(credentials, 'base64').toString().split(':')[0]
  return undefined
}

function masked(key: string): string {
  const shown = key.match(/^(sk|rk|pk)_(test|live)_/)?.[0] ?? ''
  return `${shown}${'*'.repeat(Math.max(0, key.length - shown.length - 4))}${key.slice(-4)}`
}

const unauthorised = (message: string) => new StripeFault(401, { type: 'invalid_request_error', message })
