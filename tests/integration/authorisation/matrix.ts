import { type Caller, callers, isSignedIn, signedIn } from './callers.ts'

/** What one route answers to each caller. */
export interface Row {
  readonly allowed: readonly Caller[]
  /** To those who are allowed: the status, and the code where the body sent here is refused only after the caller was let in. */
  readonly answer: string
  /** To all others. */
  readonly refusal: (who: Caller) => string
  readonly body?: object
  /** A list that everybody may ask for, and who finds the event or the order of this test in it. */
  readonly finders?: readonly Caller[]
}

const members = ['door', 'finance', 'manager', 'owner'] as const
const editors = ['manager', 'owner'] as const
const bookkeepers = ['finance', 'manager', 'owner'] as const
const atTheDoor = ['door', 'manager', 'owner'] as const
const buyers = ['buyer', 'guest'] as const

const toTeam = (who: Caller): string => {
  if (!isSignedIn(who)) return '401 not_signed_in'
  return members.some((member) => member === who) ? '403 forbidden' : '404 not_found'
}
const hidden = () => '404 not_found'
const toSignedIn = () => '401 not_signed_in'
const never = () => 'is open to all'

const ofTeam = (allowed: readonly Caller[], answer = '200', body?: object): Row => ({
  ...{ allowed, answer, refusal: toTeam },
  ...(body ? { body } : {}),
})
const stale = { version: 999 }
const edit = (answer: string): Row => ofTeam(editors, answer, stale)
const ofBuyer = (answer: string): Row => ({ allowed: buyers, answer, refusal: hidden })
const ofOrder = (answer: string): Row => ({ allowed: [...buyers, ...bookkeepers], answer, refusal: hidden })
const ofAnyone = (answer: string, body?: object): Row => ({
  ...{ allowed: callers, answer, refusal: never },
  ...(body ? { body } : {}),
})
const listFor = (finders: readonly Caller[]): Row => ({
  ...{ allowed: signedIn, answer: '200', refusal: toSignedIn, finders },
})

const event = '/api/organiser/events/:eventId'
const order = '/api/organiser/orders/:orderId'
const organisation = '/api/organiser/organisations/:organisationId'
const people = `${organisation}/members`
const picture = { contentType: 'image/png', bytes: 1, alt: 'A mill' }

/** One row a route, by its name as the function's app spells it. The order is free, and nothing is sold: see the test for `:name`s. */
export const matrix: Readonly<Record<string, Row>> = {
  'GET /api/events/:id/availability': ofAnyone('200'),
  'POST /api/events/:id/code': ofAnyone('422 unknown_code', { code: 'NONE' }),
  'POST /api/orders': ofAnyone('400 idempotency_key_missing', {}),
  'GET /api/orders/:id': ofOrder('200'),
  'POST /api/orders/:id/payment': ofBuyer('409 order_not_payable'),
  'POST /api/orders/:id/extend': ofBuyer('409 order_not_payable'),
  'POST /api/orders/:id/cancel': ofBuyer('409 not_cancellable'),
  'GET /api/me/orders': listFor(['buyer']),

  'GET /api/orders/:id/tickets.pdf': ofOrder('302'),
  'GET /api/tickets/:file{tkt_[0-9a-z]+\\.pdf}': ofOrder('302'),

  'GET /api/session': ofAnyone('200'),
  'POST /api/session': ofAnyone('422 invalid_request', {}),
  'DELETE /api/session': ofAnyone('200'),

  'POST /api/organiser/events': ofTeam(editors, '400 idempotency_key_missing'),
  'GET /api/organiser/events': listFor(members),
  [`GET ${event}`]: ofTeam(members),
  [`PATCH ${event}`]: edit('409 stale_version'),
  [`PUT ${event}/ticket-types/:ticketTypeId`]: edit('422 invalid_request'),
  [`PUT ${event}/pools/:poolId`]: edit('422 invalid_request'),
  [`POST ${event}/publish`]: edit('409 stale_version'),
  [`POST ${event}/cancel`]: edit('409 stale_version'),
  [`POST ${event}/withdraw`]: edit('409 stale_version'),
  [`PUT ${event}/address`]: ofTeam(editors, '409 stale_version', { ...stale, slug: 'elsewhere' }),
  [`DELETE ${event}`]: ofTeam(editors, '409 wrong_status'),
  [`POST ${event}/duplicate`]: edit('400 idempotency_key_missing'),
  [`GET ${event}/codes`]: ofTeam(bookkeepers),
  [`GET ${event}/codes/:code`]: ofTeam(bookkeepers),
  [`PUT ${event}/codes/:code`]: ofTeam(editors, '409 stale_version', {
    ...stale,
    discount: { kind: 'percent', basisPoints: 1 },
  }),
  [`DELETE ${event}/codes/:code`]: ofTeam(editors),
  [`POST ${event}/picture-uploads`]: ofTeam(editors, '400 idempotency_key_missing', picture),
  [`GET ${event}/picture-uploads/:uploadId`]: ofTeam(editors),
  [`PUT ${event}/picture`]: ofTeam(editors, '409 stale_version', { ...stale, picture: null }),
  [`GET ${event}/attendees`]: ofTeam(members),
  [`GET ${event}/attendees.csv`]: ofTeam(members),
  [`GET ${event}/stats`]: ofTeam(members),
  [`GET ${event}/orders`]: ofTeam(bookkeepers),
  [`GET ${order}`]: ofTeam(bookkeepers),
  [`POST ${order}/refunds`]: ofTeam(bookkeepers, '422 invalid_request', {}),
  [`GET ${organisation}`]: ofTeam(editors),
  [`PATCH ${organisation}`]: edit('409 stale_version'),
  [`POST ${organisation}/logo-uploads`]: ofTeam(editors, '400 idempotency_key_missing', picture),
  [`GET ${organisation}/logo-uploads/:logoId`]: ofTeam(editors),
  [`DELETE ${organisation}/logo`]: ofTeam(editors),
  [`GET ${people}`]: ofTeam(editors),
  [`PUT ${people}/:email`]: ofTeam(['owner'], '422 invalid_request', { role: 'none' }),
  [`DELETE ${people}/:email`]: ofTeam(['owner'], '409 last_owner'),

  'GET /api/checkin/events': listFor(atTheDoor),
  'POST /api/checkin/:eventId/scans': ofTeam(atTheDoor, '422 invalid_request', { scans: [] }),
  'GET /api/checkin/:eventId/pack': ofTeam(atTheDoor),

  'POST /webhooks/stripe': {
    ...{ allowed: ['stripe'], answer: '200', refusal: () => '400 bad_signature' },
    body: { id: 'evt_1', object: 'event', type: 'customer.created', data: { object: {} } },
  },
}
