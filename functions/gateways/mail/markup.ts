import { sumCharges } from '#domain/charges.ts'
import { directionOf, localeOf } from '#domain/languages.ts'
import { documents } from '#src/i18n/documents.ts'
import { fill } from '#src/i18n/fill.ts'
import { inkOn, parseAccent, safeAccent, toHex } from '../accent.ts'
import { describeEventTimes, describePrice } from '../event-wording.ts'
import type { Language, MailContent, MailEvent, MailOrder } from './mail-content.ts'

/** One part of a mail's body, in both readings. */
export interface Block {
  readonly text: string
  readonly html: string
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

/** No line breaks or control characters, and nothing that turns the direction of the words around it. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

export function paragraph(words: string): Block {
  const line = oneLine(words)
  return { text: line, html: `<p style="margin:0 0 16px">${escapeHtml(line)}</p>` }
}

export function whenAndWhere(event: MailEvent, language: Language): Block {
  const words = documents[language]
  const times = describeEventTimes(event, localeOf[language])
  const rows: [string, string[]][] = [
    [
      words.when,
      [
        times.date,
        `${times.time} (${times.zone})`,
        ...(times.doors === null ? [] : [fill(words.doors, { time: times.doors })]),
      ],
    ],
    [words.where, [oneLine(event.venueName), oneLine(event.address)]],
  ]
  return {
    text: rows.map(([label, lines]) => `${label}: ${lines.join('\n       ').trim()}`).join('\n'),
    html: table(rows.map(([label, lines]) => row(cell(label, labelStyle) + cell(lines, 'padding:6px 0'))).join('')),
  }
}

export function orderLines(order: MailOrder, language: Language): Block {
  const align = directionOf(language) === 'rtl' ? 'left' : 'right'
  const { lines, total } = order
  const rows: [string, string][] = lines.map(({ quantity, ticketTypeName, phase, totalMinor }) => [
    `${quantity} × ${oneLine(phase === undefined ? ticketTypeName : `${ticketTypeName}, ${phase}`)}`,
    describePrice({ amountMinor: totalMinor, currency: total.currency }, language),
  ])
  const sum: [string, string] = [documents[language].total, describePrice(total, language)]
  const notes = chargeNotes(order, language)
  const amount = `padding:6px 0 6px 16px;text-align:${align};white-space:nowrap`
  const last = 'border-top:1px solid #8886;font-weight:bold'
  return {
    text: [...rows, sum, ...notes].map(([what, price]) => `${what}: ${price}`).join('\n'),
    html: table(
      rows.map(([what, price]) => row(cell(what, 'padding:6px 0') + cell(price, amount))).join('') +
        row(cell(sum[0], `padding:6px 0;${last}`) + cell(sum[1], `${amount};${last}`)) +
        notes.map(([what, price]) => row(cell(what, 'padding:2px 0;font-size:14px') + cell(price, amount))).join(''),
    ),
  }
}

/** What of the total is fee and tax, and what a code took off before. */
function chargeNotes({ lines, total, discountCode, tax }: MailOrder, language: Language): [string, string][] {
  const { feeMinor, taxMinor } = sumCharges(lines)
  const off = discountCode?.discountMinor ?? 0
  const words = documents[language]
  const percent = new Intl.NumberFormat(localeOf[language], { style: 'percent', maximumFractionDigits: 2 }).format(
    (tax?.basisPoints ?? 0) / 10_000,
  )
  const notes: [string, number][] = [
    [fill(words.noteCode, { code: oneLine(discountCode?.code ?? '') }), off],
    [words.noteFee, feeMinor],
    [fill(words.noteTax, { percent, name: oneLine(tax?.name ?? '') }), taxMinor],
  ]
  return notes
    .filter(([, amountMinor]) => amountMinor > 0)
    .map(([what, amountMinor]) => [what, describePrice({ amountMinor, currency: total.currency }, language)])
}

export function button(label: string, url: string, accent: string): Block {
  const style = `display:inline-block;padding:12px 20px;border-radius:6px;font-weight:bold;text-decoration:none;${onAccent(accent)}`
  return {
    text: `${label}: ${url}`,
    html: `<p style="margin:24px 0"><a href="${escapeHtml(url)}" style="${style}">${escapeHtml(label)}</a></p>`,
  }
}

/** The whole mail: 560 px wide, tables and inline styles for old clients, dark where the reader's client is. */
export function layOut(mail: {
  subject: string
  event: MailEvent
  orderId: string
  language: Language
  blocks: readonly Block[]
}): MailContent {
  const { event, orderId, language, blocks } = mail
  const subject = oneLine(mail.subject)
  const [name, organiser] = [oneLine(event.name), oneLine(event.organiserName)]
  const footer = `${organiser} · ${fill(documents[language].order, { id: orderId })}`
  return {
    subject,
    text: `${[name, ...blocks.map((block) => block.text), `-- \n${footer}`].join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>
@media (prefers-color-scheme: dark) {
  .page { background: #121214 !important }
  .card { background: #1d1d21 !important; color: #ececef !important }
  .quiet { color: #a6a6ad !important }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f1f1f3">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="page" style="background:#f1f1f3"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif">
<tr><td style="padding:24px 28px;border-radius:10px 10px 0 0;${onAccent(event.accent)}">
<p dir="auto" style="margin:0 0 4px;font-size:14px">${escapeHtml(organiser)}</p>
<h1 dir="auto" style="margin:0;font-size:24px;line-height:1.25;overflow-wrap:anywhere">${escapeHtml(name)}</h1>
</td></tr>
<tr><td class="card" style="padding:28px;border-radius:0 0 10px 10px;background:#ffffff;color:#17171c">
${blocks.map((block) => block.html).join('\n')}
<p class="quiet" style="margin:24px 0 0;font-size:13px;color:#66666e;overflow-wrap:anywhere">${escapeHtml(footer)}</p>
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`,
  }
}

const labelStyle = 'padding:6px 16px 6px 0;width:64px;font-weight:bold'

function table(rows: string): string {
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px;font-size:16px">${rows}</table>`
}

function row(cells: string): string {
  return `<tr>${cells}</tr>`
}

function cell(words: string | readonly string[], style: string): string {
  const lines = [words].flat().map(escapeHtml).join('<br>')
  return `<td dir="auto" valign="top" style="${style};overflow-wrap:anywhere">${lines}</td>`
}

function onAccent(accent: string): string {
  return `background:${safeAccent(accent)};color:${toHex(inkOn(parseAccent(accent)))}`
}
