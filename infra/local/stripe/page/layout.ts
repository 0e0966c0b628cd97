import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { css } from './styles.ts'

type Html = ReturnType<typeof html>

/** No script runs and nothing is loaded from anywhere; a form may be answered by a redirect to the shop. */
export const securityHeaders = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export function layout(title: string, main: Html): string {
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${raw(css)}</style>
</head>
<body>
<header class="banner"><p><strong>Simulator</strong> – no real money. Never type a real card number here.</p></header>
<main>${main}</main>
</body>
</html>
`)
}
