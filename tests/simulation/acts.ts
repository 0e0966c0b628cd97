import type { RefundWish } from '#domain/refunds.ts'
import type { CodeShape, EventShape } from './event.ts'
import type { Fault } from './faults.ts'
import type { ProviderManners } from './provider.ts'
import type { Plan } from './scheduler.ts'

export type BuyerAct =
  | { readonly kind: 'order' | 'pay' | 'paySlowly' | 'poll' | 'reopen' | 'extend' | 'cancel' | 'wait' }
  /** Pays for the order, but not on its page: once more, too little, or in another currency. */
  | { readonly kind: 'payElsewhere'; readonly amount: 'same' | 'less' | 'foreign' }
  /** Scans of one ticket at the same moment, perhaps while its buyer cancels. */
  | {
      readonly kind: 'enter'
      readonly ticket: number
      readonly scans: readonly number[]
      readonly whileCancelling: boolean
    }

export interface Buyer {
  /** Two buyers may be one address. */
  readonly address: number
  readonly standing: number
  readonly seated: number
  readonly hasCode: boolean
  readonly acts: readonly BuyerAct[]
  /** What happens with the same order at the same time: in a second window, at the door. */
  readonly beside: readonly BuyerAct[]
}

export type ClockAct =
  | { readonly kind: 'advance'; readonly minutes: number }
  /** A minute's run, or two that overlap. */
  | { readonly kind: 'sweep'; readonly times: 1 | 2 }
  /** Somebody closes the open pages at the provider's own desk. */
  | { readonly kind: 'closePages' }
  /** Banks answer: payments, refunds and complaints. */
  | { readonly kind: 'banks'; readonly agree: boolean }

/** What happens to a payment at the provider, without us. */
export type MoneyAct = {
  readonly kind: 'refundAll' | 'refundPart' | 'inquire' | 'dispute' | 'bounce'
  readonly pick: number
}

export type OrganiserAct =
  | { readonly kind: 'resize'; readonly pool: 'floor' | 'early'; readonly capacity: number }
  | { readonly kind: 'cancelEvent'; readonly onceSold: boolean }
  /** Of the standing tickets; buyers who have ordered keep their price. */
  | { readonly kind: 'reprice'; readonly priceMinor: number }
  | { readonly kind: 'setWindow'; readonly sales: 'open' | 'over' | 'later' }
  | { readonly kind: 'setLimit'; readonly maxPerBuyer: number | null }
  /** Off the site, and on it again some time later, or not. */
  | { readonly kind: 'withdraw'; readonly returns: boolean }
  | { readonly kind: 'removeCode' }
  | { readonly kind: 'editCode'; readonly code: CodeShape }
  | {
      readonly kind: 'refund'
      readonly buyer: number
      /** A ticket by its place in the order. */
      readonly wish: Exclude<RefundWish['kind'], 'tickets'> | 0 | 1
      /** A repeat has the first one's key, and perhaps not its wish. */
      readonly key: number
      readonly times: 1 | 2
    }
  | { readonly kind: 'wait' }

/** Which of the webhooks that wait, and whether it comes once, twice, or never. */
export interface Delivery {
  readonly pick: number
  readonly how: 'once' | 'twice' | 'never'
}

export interface Scenario {
  readonly plan: Plan
  readonly faults: readonly (readonly [at: number | string, fault: Fault])[]
  readonly event: EventShape
  readonly buyers: readonly Buyer[]
  readonly clock: readonly ClockAct[]
  /** Of the organiser, and of a colleague at another desk. */
  readonly desks: readonly (readonly OrganiserAct[])[]
  readonly money: readonly MoneyAct[]
  readonly deliveries: readonly Delivery[]
  /** Which of the moved orders' buyers are told now, and whether two of us do it. */
  readonly letters: readonly { readonly pick: number; readonly times: 1 | 2 }[]
  readonly skewsMs: readonly number[]
  readonly provider: ProviderManners
  readonly refundAnswers: readonly ('succeeded' | 'pending' | 'failed')[]
  /** What the banks say when all else is over. */
  readonly banksAgree: boolean
}
