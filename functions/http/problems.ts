import type { Problem } from '#contracts/common.ts'

/** Every code that the API refuses with, its status and its sentence. A refusal without a row does not compile. */
export const refusals = {
  invalid_request: { status: 422, title: 'Some fields are not valid.' },
  invalid_json: { status: 400, title: 'The body is not JSON.' },
  idempotency_key_missing: {
    status: 400,
    title: 'This request needs an Idempotency-Key header of 16 to 200 characters.',
  },
  idempotency_key_reused: { status: 409, title: 'This Idempotency-Key was used for another request.' },
  not_signed_in: { status: 401, title: 'Sign in first.' },
  session_expired: { status: 401, title: 'The session has ended.' },
  invalid_token: { status: 401, title: 'The sign-in could not be verified.' },
  forbidden: { status: 403, title: 'Your role does not allow this.' },
  cross_site: { status: 403, title: 'This request comes from another site.' },
  not_found: { status: 404, title: 'There is nothing here, or it is not yours.' },
  method_not_allowed: { status: 405, title: 'This address does not answer to that method.' },
  event_not_on_sale: { status: 409, title: 'This event is not on sale.' },
  sales_not_started: { status: 409, title: 'Sales have not started yet.' },
  sales_ended: { status: 409, title: 'Sales have ended.' },
  sold_out: { status: 409, title: 'Sold out.' },
  too_few_left: { status: 409, title: 'Fewer tickets are left than you asked for.' },
  unknown_ticket_type: { status: 422, title: 'This event has no such ticket type.' },
  too_many_per_order: { status: 422, title: 'One order cannot hold so many tickets.' },
  too_many_per_buyer: { status: 409, title: 'You have reached the limit of tickets for one buyer.' },
  unknown_code: { status: 422, title: 'This code is not known here.' },
  code_used_up: { status: 409, title: 'This code has been used as often as it may be.' },
  code_not_valid_now: { status: 409, title: 'This code is not valid at this time.' },
  code_not_for_these: { status: 409, title: 'This code is not for these tickets.' },
  price_changed: { status: 409, title: 'The price has changed. Nothing was charged; look at it again.' },
  total_too_small: { status: 409, title: 'This order costs less than a card can pay.' },
  too_many_attendees: { status: 422, title: 'More attendees are named than tickets ordered.' },
  order_not_payable: { status: 409, title: 'This order is no longer waiting for payment.' },
  hold_expired: { status: 409, title: 'The reservation has ended.' },
  hold_already_extended: { status: 409, title: 'The reservation was extended before.' },
  not_cancellable: { status: 409, title: "This order can no longer be cancelled under the event's policy." },
  order_not_paid: { status: 409, title: 'This order has no tickets: it is not paid.' },
  payment_unavailable: {
    status: 503,
    title: 'The payment provider does not answer. Your tickets are kept; try again.',
  },
  nothing_to_refund: { status: 409, title: 'Nothing of this order is left to refund.' },
  order_disputed: { status: 409, title: "The buyer's bank holds this payment until it has decided a dispute." },
  unknown_ticket: { status: 422, title: 'This order has no such ticket.' },
  ticket_revoked: { status: 409, title: 'This ticket was refunded before.' },
  ticket_admitted: {
    status: 409,
    title: 'A ticket that has been admitted cannot be given back. Refund an amount instead.',
  },
  refund_too_large: { status: 409, title: 'That is more than what is left to refund.' },
  refund_not_payable: { status: 422, title: 'No card can be paid this amount: it must end with a zero.' },
  stale_version: { status: 409, title: 'Somebody changed this in the meantime. Load it again.' },
  slug_taken: { status: 409, title: 'This address is taken.' },
  not_publishable: { status: 409, title: 'The event is not ready to be published.' },
  wrong_status: { status: 409, title: 'The event is not in a state that allows this.' },
  capacity_below_sold: { status: 409, title: 'More places are sold or held than that.' },
  pool_id_taken: { status: 409, title: 'This pool id is in use. Choose another one.' },
  has_orders: { status: 409, title: 'Somebody has bought or holds tickets: cancel the event instead.' },
  pool_in_use: { status: 409, title: 'A ticket type draws on this pool.' },
  last_owner: { status: 409, title: 'An organisation keeps at least one owner.' },
  too_many_uploads: { status: 429, title: 'Your organisation has sent as many pictures as it may in a day.' },
  too_busy: { status: 429, title: 'Too many requests right now. Try again shortly.' },
  bad_signature: { status: 400, title: 'The signature does not fit the body.' },
  amount_mismatch: { status: 400, title: 'The payment does not fit the order.' },
  internal: { status: 500, title: 'Something went wrong here. It has been noted.' },
} as const satisfies Record<string, { status: number; title: string }>

export type RefusalCode = keyof typeof refusals

export function problemOf(
  code: RefusalCode,
  requestId: string,
  extra: { detail?: string | undefined; errors?: { field: string; message: string }[] | undefined } = {},
): Problem {
  const { status, title } = refusals[code]
  return {
    type: `https://marquee.dev/problems/${code}`,
    title,
    status,
    code,
    requestId,
    ...(extra.detail === undefined ? {} : { detail: extra.detail }),
    ...(extra.errors === undefined ? {} : { errors: extra.errors }),
  }
}
