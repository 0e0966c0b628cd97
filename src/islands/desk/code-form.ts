import type { DiscountCodeView, PutCodeRequest } from '#contracts/codes.ts'
import type { OrganiserEvent } from '#contracts/events.ts'
import { instantOf, localTimeOf } from '#domain/schedule.ts'
import { basisPointsOf } from './event-form.ts'
import { majorOf, minorOf } from './prices.ts'

/** What the inputs hold; amounts as people write them, times as the clock at the venue shows them. */
export interface CodeForm {
  code: string
  version: number
  kind: PutCodeRequest['discount']['kind']
  /** `10` percent, or `5.00` in the event's currency. */
  amount: string
  /** Ids of ticket types; empty: all. */
  ticketTypeIds: string[]
  unlocks: string[]
  maxUses: string
  budget: string
  validFrom: string
  validUntil: string
}

export const emptyCodeForm = (): CodeForm => ({
  code: '',
  version: 0,
  kind: 'percent',
  amount: '',
  ticketTypeIds: [],
  unlocks: [],
  maxUses: '',
  budget: '',
  validFrom: '',
  validUntil: '',
})

type EventFacts = Pick<OrganiserEvent, 'currency' | 'timeZone'>

export function codeFormOf(code: DiscountCodeView, { currency, timeZone }: EventFacts): CodeForm {
  const local = (instant: string | null) => (instant ? localTimeOf(instant, timeZone) : '')
  return {
    code: code.code,
    version: code.version,
    kind: code.discount.kind,
    amount: amountOf(code.discount, currency),
    ticketTypeIds: [...(code.ticketTypeIds ?? [])],
    unlocks: [...code.unlocks],
    maxUses: code.maxUses === null ? '' : String(code.maxUses),
    budget: code.budgetMinor === null ? '' : majorOf(code.budgetMinor, currency),
    validFrom: local(code.validFrom),
    validUntil: local(code.validUntil),
  }
}

export function codeRequestOf(form: CodeForm, { currency, timeZone }: EventFacts): PutCodeRequest {
  const instant = (local: string) => (local === '' ? null : instantOf(local, timeZone))
  return {
    version: form.version,
    discount: discountOf(form, currency),
    unlocks: form.unlocks,
    ticketTypeIds: form.ticketTypeIds.length > 0 ? form.ticketTypeIds : null,
    maxUses: form.maxUses.trim() === '' ? null : Number(form.maxUses),
    budgetMinor: form.budget.trim() === '' ? null : minorOf(form.budget, currency),
    validFrom: instant(form.validFrom),
    validUntil: instant(form.validUntil),
  }
}

function discountOf({ kind, amount }: CodeForm, currency: string): PutCodeRequest['discount'] {
  if (kind === 'none') return { kind }
  if (kind === 'fixed') return { kind, amountMinor: minorOf(amount, currency) }
  return { kind, basisPoints: basisPointsOf(amount) }
}

function amountOf(discount: DiscountCodeView['discount'], currency: string): string {
  if (discount.kind === 'none') return ''
  return discount.kind === 'fixed' ? majorOf(discount.amountMinor, currency) : String(discount.basisPoints / 100)
}
