import { html, raw } from 'hono/html'
import type { DeadLetter } from '../stream-pump.ts'
import type { LocalInfo } from './info.ts'

export type NamedDeadLetter = { readonly name: string; readonly letter: DeadLetter }

export const styles = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1, h2 { line-height: 1.2 } h2 { margin-top: 2.5rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #8884; vertical-align: top }
code { overflow-wrap: anywhere } .scroll { overflow-x: auto }
button { font: inherit; padding: .5rem 1rem }
`

const table = (heads: readonly string[], rows: readonly unknown[]) => html`<div class="scroll"><table>
  <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
  <tbody>${rows}</tbody>
</table></div>`

/** The page for whoever runs this stack. */
export function localPage(info: LocalInfo, dead: readonly NamedDeadLetter[]): string {
  const { site, mail, stripe, cognito, dynamodb, s3, demo } = info
  const parts = [
    ['The site', `${site}/`],
    ['Mail that was sent', mail],
    ['Payments', stripe],
  ] as const
  const page = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Marquee, local</title>
<link rel="stylesheet" href="/_local/styles.css"></head>
<body>
<h1>Marquee on this machine</h1>
<ul>${parts.map(([name, url]) => html`<li>${name}: <a href="${url}">${url}</a></li>`)}</ul>
<h2>Accounts</h2>
${table(
  ['Role', 'E-mail', 'Password'],
  demo.accounts.map(
    ({ role, email, password }) =>
      html`<tr><td>${role}</td><td><code>${email}</code></td><td><code>${password}</code></td></tr>`,
  ),
)}
<h2>Events</h2>
${table(
  ['State', 'Page', 'Id'],
  demo.events.map(
    ({ state, path, slug, id }) =>
      html`<tr><td>${state.replaceAll('_', ' ')}</td><td><a href="${path}">${slug}</a></td><td><code>${id}</code></td></tr>`,
  ),
)}
<h2>Undelivered changes</h2>
${dead.length === 0 ? html`<p>None: every change reached its function.</p>` : deadLetters(dead)}
<h2>For programs</h2>
<p><a href="/_local/info.json">/_local/info.json</a> · DynamoDB <code>${dynamodb}</code> · S3 <code>${s3}</code> ·
Cognito <code>${cognito.endpoint}</code> (<code>${cognito.userPoolId}</code>, client <code>${cognito.clientId}</code>)</p>
</body>
</html>`
  return raw(page).toString()
}

const deadLetters = (dead: readonly NamedDeadLetter[]) => html`
<p>These records failed in every attempt. Cure the cause, then deliver them again.</p>
<form method="post" action="/_local/replay"><button>Deliver them again</button></form>
${table(
  ['Function', 'When', 'Attempts', 'Error', 'Keys'],
  dead.map(
    ({ name, letter }) => html`<tr><td>${name}</td><td>${letter.at}</td><td>${letter.attempts}</td>
<td><code>${letter.error}</code></td><td><code>${JSON.stringify(letter.record.dynamodb?.Keys ?? {})}</code></td></tr>`,
  ),
)}`
