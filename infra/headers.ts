/** The security headers that the edge sets on every answer, as plain data for CloudFront and for the local gateway. */
export interface HeaderOrigins {
  /** Where the sign-in page reaches Cognito: `https://cognito-idp.REGION.amazonaws.com`. */
  readonly cognito: string
  /** Where uploads go by pre-signed POST. */
  readonly uploads: string
}

const join = (directives: Record<string, readonly string[]>): string =>
  Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(' '))
    .join('; ')

/**
 * `desk` may also send files to where pictures are taken in.
 * `signIn` may also talk to Cognito. `door` may also compile the scanner's WebAssembly decoder, which grants no `eval`.
 * `file`: pictures, style sheets and scripts, of which a page has a dozen; short, as most of what guards a page means nothing there.
 */
export const headerPolicies = ['page', 'desk', 'signIn', 'door', 'file'] as const
export type HeaderPolicy = (typeof headerPolicies)[number]

/** Limit at CloudFront: 1,783 characters. */
export const contentSecurityPolicy = (policy: HeaderPolicy, origins: HeaderOrigins): string =>
  policy === 'file' ? join(ofFiles) : join(ofPages(policy, origins))

/** Where a file is missing, the 404 page comes with them. */
const ofFiles = { 'default-src': ["'self'"], 'frame-ancestors': ["'none'"] }

const ofPages = (policy: HeaderPolicy, origins: HeaderOrigins) => ({
  'default-src': ["'none'"],
  'script-src': ["'self'", ...(policy === 'door' ? ["'wasm-unsafe-eval'"] : [])],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': [
    "'self'",
    ...(policy === 'signIn' ? [origins.cognito] : []),
    ...(policy === 'desk' ? [origins.uploads] : []),
  ],
  'media-src': ["'self'", 'blob:'],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
  'object-src': ["'none'"],
})

export const securityHeaders = (policy: HeaderPolicy, origins: HeaderOrigins): Readonly<Record<string, string>> => ({
  'content-security-policy': contentSecurityPolicy(policy, origins),
  'x-content-type-options': 'nosniff',
  ...(policy === 'file' ? {} : pageHeaders),
})

const pageHeaders = {
  // It holds for the whole host, whichever answer says it.
  'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
}
