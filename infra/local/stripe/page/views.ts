import { html } from 'hono/html'
import { debitAmong } from '../account/payment-methods.ts'
import type { Checkout, LineItem } from '../ledger/records.ts'
import { formatMoney } from '../money.ts'
import type { CardErrors, CardField, CardValues } from './card-form.ts'
import { layout } from './layout.ts'

type Entered = { values?: CardValues; errors?: CardErrors; refusal?: string }
type Html = ReturnType<typeof html>

export function payPage(checkout: Checkout, entered: Entered): string {
  const { session } = checkout
  const hasErrors = entered.refusal !== undefined || Object.keys(entered.errors ?? {}).length > 0
  const total = formatMoney(session.amount_total, session.currency)
  return layout(
    `${hasErrors ? 'Error: ' : ''}Pay ${total}`,
    html`<div class="two">${summary(checkout)}
<section class="card stack" aria-labelledby="how">
<h2 id="how">Payment details</h2>
${alert(entered)}
<form method="post" action="${session.id}" novalidate>
${emailField(checkout, entered)}
${field('cardNumber', 'Card number', entered, html`inputmode="numeric" autocomplete="cc-number" placeholder="1234 1234 1234 1234"`)}
<div class="pair">
${field('cardExpiry', 'Expiry', entered, html`inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY"`)}
${field('cardCvc', 'CVC', entered, html`inputmode="numeric" autocomplete="cc-csc" placeholder="123"`)}
</div>
${field('billingName', 'Name on card', entered, html`autocomplete="cc-name"`)}
<button name="payment_method" value="card">Pay ${total}</button>
${debitButton(checkout)}
</form>
${testCards}
</section></div>`,
  )
}

function summary({ session, lineItems }: Checkout): Html {
  const { currency, expires_at: expiresAt } = session
  return html`<section aria-labelledby="what">
${backLink(session.cancel_url)}
<h1 id="what"><span class="label">Your order</span> <span class="total">${formatMoney(session.amount_total, currency)}</span></h1>
<ul class="items">${lineItems.map((item) => itemRow(item))}
<li class="sum"><span>Total</span><span class="amount">${formatMoney(session.amount_total, currency)}</span></li></ul>
<p class="until">Open until ${deadline(expiresAt)}</p>
</section>`
}

function itemRow(item: LineItem): Html {
  const each = item.quantity > 1 ? `, ${formatMoney(item.price.unit_amount, item.currency)} each` : ''
  return html`<li><span>${item.description}<small>Qty ${item.quantity}${each}</small></span>
<span class="amount">${formatMoney(item.amount_total, item.currency)}</span></li>`
}

function deadline(second: number): Html {
  const instant = new Date(second * 1000)
  const words = instant.toLocaleString('en-GB', { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'short' })
  return html`<time datetime="${instant.toISOString()}">${words} UTC</time>`
}

function emailField({ session }: Checkout, entered: Entered): Html {
  const known = session.customer_email
  if (!known) return field('email', 'Email', entered, html`type="email" autocomplete="email"`)
  return html`<div class="field"><label for="email">Email</label>
<input id="email" name="email" type="email" readonly value="${known}"></div>`
}

function field(name: CardField, label: string, { values, errors }: Entered, attributes: Html): Html {
  const error = errors?.[name]
  const invalid = error ? html`aria-invalid="true" aria-describedby="${name}-error"` : ''
  return html`<div class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" required value="${values?.[name] ?? ''}" ${attributes} ${invalid}>
${error ? html`<p class="error" id="${name}-error">${error}</p>` : ''}</div>`
}

function alert({ errors, refusal }: Entered): Html | '' {
  const message = refusal ?? (Object.keys(errors ?? {}).length > 0 ? 'Please correct the marked fields.' : '')
  return message ? html`<p class="alert" role="alert">${message}</p>` : ''
}

function debitButton({ session }: Checkout): Html | '' {
  if (!debitAmong(session.payment_method_types)) return ''
  return html`<button class="quiet" name="payment_method" value="bank_debit">Use a bank debit instead (settles later)</button>`
}

const testCards = html`<details><summary>Test cards</summary>
<table><thead><tr><th scope="col">Number</th><th scope="col">What happens</th></tr></thead><tbody>
<tr><td><code>4242 4242 4242 4242</code></td><td>paid</td></tr>
<tr><td><code>4000 0000 0000 0002</code></td><td>declined</td></tr>
<tr><td><code>4000 0000 0000 9995</code></td><td>insufficient funds</td></tr>
<tr><td><code>4000 0025 0000 3155</code></td><td>asks for 3-D Secure</td></tr>
<tr><td><code>4000 0000 0000 0259</code></td><td>paid, then disputed</td></tr>
<tr><td><code>4000 0000 0000 7726</code></td><td>paid; refunds stay pending</td></tr>
</tbody></table><p>Any future expiry, any CVC.</p></details>`

export function threeDSecurePage({ session }: Checkout): string {
  const total = formatMoney(session.amount_total, session.currency)
  return layout(
    '3-D Secure: confirm the payment',
    html`<section class="card narrow stack" aria-labelledby="title">
<h1 id="title">Your bank asks: is this you?</h1>
<p>Confirm the payment of <strong>${total}</strong>. This is the simulator’s 3-D-Secure step: choose what the bank shall hear.</p>
<form method="post" action="${session.id}">
<button name="three_d_secure" value="complete">Complete</button>
<button class="quiet" name="three_d_secure" value="fail">Fail</button>
</form>
<p><a class="back" href="?card=another">Use another card</a></p>
</section>`,
  )
}

export function paidPage({ session }: Checkout): string {
  const isUnderWay = session.payment_status === 'unpaid'
  const total = formatMoney(session.amount_total, session.currency)
  const back = session.success_url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id)
  return layout(
    isUnderWay ? 'Your payment is under way' : 'This order is already paid',
    html`<section class="card narrow stack" aria-labelledby="title">
<h1 id="title">${isUnderWay ? 'Your payment is under way' : 'This order is already paid'}</h1>
<p>${isUnderWay ? html`The bank will pay <strong>${total}</strong> in a few days.` : html`You paid <strong>${total}</strong>.`} Nothing more was charged.</p>
${back ? html`<a class="button" href="${back}">Continue</a>` : ''}
</section>`,
  )
}

export function expiredPage({ session }: Checkout): string {
  return layout(
    'This payment page has expired',
    html`<section class="card narrow stack" aria-labelledby="title">
<h1 id="title">This payment page has expired</h1>
<p>Its time is over or the seller closed it. You were not charged. Go back to the seller to order again.</p>
${backLink(session.cancel_url)}
</section>`,
  )
}

export function unknownPage(): string {
  return layout(
    'No such payment page',
    html`<section class="card narrow stack" aria-labelledby="title">
<h1 id="title">No such payment page</h1>
<p>Check the address, or go back to the seller and start again. You were not charged.</p>
</section>`,
  )
}

const backLink = (href: string | null): Html | '' =>
  href ? html`<a class="back" href="${href}"><span aria-hidden="true">‹ </span>Back</a>` : ''
