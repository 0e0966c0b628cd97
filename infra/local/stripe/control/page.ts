import { html } from 'hono/html'
import { formatMoney } from '../money.ts'
import { layout } from '../page/layout.ts'
import { type Control, deliveriesOf } from './state.ts'

type Html = ReturnType<typeof html>

const SHOWN = 30

export function controlPage(control: Control): string {
  const { switches } = control.postman
  return layout(
    'Stripe simulator',
    html`<h1>Stripe simulator</h1>
<section class="card stack"><h2>Webhooks</h2>
<p>${switches.isPaused ? 'Paused: webhooks wait in the queue.' : 'Delivered as they happen.'}
${switches.isShuffled ? 'In any order.' : ''} ${switches.duplicates ? `Each sent ${switches.duplicates + 1} times.` : ''}</p>
<div class="row">${switches.isPaused ? action('resume', 'Resume') : action('pause', 'Pause')}
${action('redeliver', 'Redeliver all')} ${action('discard', 'Lose what is queued')}
${action('shuffle', switches.isShuffled ? 'Keep order' : 'Shuffle', hidden('on', String(!switches.isShuffled)))}
${action('duplicates', 'Send duplicates', input('copies', 'Copies', String(switches.duplicates || 2)))}</div></section>
<section class="card stack"><h2>Clock and outages</h2>
<p>Advanced by ${control.world.clock.agedSeconds()} seconds. Outage: ${control.outage.mode}.</p>
<div class="row">${action('advance-clock', 'Advance clock', input('seconds', 'Seconds', '1800'))}
${action('outage', 'Down', hidden('mode', 'down'))} ${action('outage', 'Unreachable', hidden('mode', 'unreachable'))}
${action('outage', 'Slow', html`${hidden('mode', 'slow')}${input('milliseconds', 'Milliseconds', '2500')}`)}
${action('outage', 'Fail some', html`${hidden('mode', 'errors')}${input('rate', 'Share that fails', '0.5')}`)}
${action('outage', 'Lose some answers', html`${hidden('mode', 'lost_answers')}${input('rate', 'Share that is lost', '0.5')}`)}
${action('outage', 'Works', hidden('mode', 'none'))}
${action('reset', 'Forget everything')}</div></section>
<section class="card stack"><h2>Newest sessions</h2>${sessions(control)}</section>
<section class="card stack"><h2>Newest events</h2>${events(control)}</section>
<section class="card stack"><h2>For scripts</h2>
<p>POST JSON or a form to <code>/_control/…</code>:</p>
<ul>
<li><code>pause</code>, <code>resume</code>, <code>discard</code>, <code>reset</code></li>
<li><code>redeliver</code> {event?, type?, times?}: <code>times</code> copies of each at once; all events when none is named</li>
<li><code>advance-clock</code> {seconds}: open sessions and retries get older</li>
<li><code>shuffle</code> {on}, <code>duplicates</code> {copies}</li>
<li><code>outage</code> {mode: none, down, unreachable, slow (milliseconds), errors, rate_limited or lost_answers (rate)}</li>
<li><code>settle-debit</code> {session, outcome: succeeded, failed}</li>
<li><code>settle-refund</code> {refund, outcome: succeeded, failed}</li>
<li><code>dispute</code> {payment_intent, reason?}, <code>close-dispute</code> {dispute, outcome: won, lost}</li>
</ul><p>GET <a href="/_control/events">/_control/events</a>, <a href="/_control/state">/_control/state</a></p></section>`,
  )
}

let inputs = 0

function input(name: string, label: string, value: string): Html {
  inputs += 1
  const id = `${name}-${inputs}`
  return html`<div class="field"><label for="${id}">${label}</label><input id="${id}" name="${name}" value="${value}" inputmode="decimal"></div>`
}

const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`

function action(name: string, label: string, fields: Html | '' = ''): Html {
  return html`<form method="post" action="/_control/${name}">${fields}<button class="quiet">${label}</button></form>`
}

function sessions({ world }: Control): Html {
  const newest = [...world.ledger.checkouts.values()].slice(-SHOWN).reverse()
  if (newest.length === 0) return html`<p>None yet.</p>`
  return html`<div class="wide" role="region" aria-label="Newest sessions" tabindex="0"><table>
<thead><tr><th scope="col">Session</th><th scope="col">Total</th><th scope="col">State</th></tr></thead><tbody>
${newest.map(
  ({ id, session }) => html`<tr><td><a href="/c/pay/${id}"><code>${id.slice(0, 20)}…</code></a></td>
<td>${formatMoney(session.amount_total, session.currency)}</td><td>${session.status}, ${session.payment_status}</td></tr>`,
)}</tbody></table></div>`
}

function events(control: Control): Html {
  const newest = deliveriesOf(control).slice(0, SHOWN)
  if (newest.length === 0) return html`<p>None yet.</p>`
  return html`<div class="wide" role="region" aria-label="Newest events" tabindex="0"><table>
<thead><tr><th scope="col">Event</th><th scope="col">Delivery</th><th scope="col">Answers</th><th scope="col">Again</th></tr></thead><tbody>
${newest.map(
  ({ id, type, state, attempts }) => html`<tr><td>${type}<br><code>${id}</code></td><td>${state}</td>
<td>${attempts.map(({ status, error }) => status ?? error).join(', ')}</td>
<td>${action('redeliver', 'Redeliver', hidden('event', id))}</td></tr>`,
)}</tbody></table></div>`
}
