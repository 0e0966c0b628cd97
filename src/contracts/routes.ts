import type { z } from 'zod'
import * as checkin from './checkin.ts'
import * as codes from './codes.ts'
import { page } from './common.ts'
import * as events from './events.ts'
import * as orders from './orders.ts'
import * as organisations from './organisations.ts'
import * as organiser from './organiser.ts'
import * as pictures from './pictures.ts'
import * as session from './session.ts'

/** Who may call: `order` is the buyer by key or sign-in, or a member of the organiser. */
export type Caller =
  | 'anyone'
  | 'signed in'
  | 'order'
  | 'buyer'
  | 'members'
  | 'owner'
  | 'owner, manager'
  | 'owner, manager, finance'
  | 'Stripe'

export interface ApiRoute {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Parameters in braces. */
  readonly path: string
  readonly summary: string
  readonly caller: Caller
  readonly tag: 'Events' | 'Orders' | 'Session' | 'Organiser' | 'Check-in' | 'Webhooks'
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly status: 200 | 201 | 302
  /** Absent: not JSON, see `contentType`. */
  readonly answer?: z.ZodType
  readonly contentType?: string
  /** A POST that creates takes `Idempotency-Key`. */
  readonly idempotent?: true
}

const event = '/api/organiser/events/{eventId}'
const organisation = '/api/organiser/organisations/{organisationId}'
const members = `${organisation}/members`
const editors = {
  caller: 'owner, manager',
  tag: 'Organiser',
  status: 200,
  answer: events.organiserEventResponse,
} as const
const uploads = {
  caller: 'owner, manager',
  tag: 'Organiser',
  status: 200,
  answer: pictures.pictureUploadResponse,
} as const
const ledger = { caller: 'owner, manager, finance', tag: 'Organiser', status: 200 } as const
const team = { caller: 'members', tag: 'Organiser', status: 200 } as const
const order = '/api/organiser/orders/{orderId}'
const books = { caller: 'owner, manager, finance', tag: 'Organiser', status: 200 } as const
const door = { caller: 'members', tag: 'Check-in', status: 200 } as const
const onSession = { caller: 'anyone', tag: 'Session', status: 200, answer: session.sessionResponse } as const
const ofOrder = { caller: 'order', tag: 'Orders', status: 200 } as const
const ofBuyer = { caller: 'buyer', tag: 'Orders', status: 200, answer: orders.orderResponse } as const
const pdf = { caller: 'order', tag: 'Orders', status: 302, contentType: 'application/pdf' } as const

/** Every route of the HTTP API, as its document shows it. */
export const apiRoutes: readonly ApiRoute[] = [
  {
    ...{ method: 'get', path: '/api/events/{eventId}/availability', caller: 'anyone', tag: 'Events', status: 200 },
    ...{ summary: 'What can be bought now', answer: orders.availability },
  },
  {
    ...{ method: 'post', path: '/api/events/{eventId}/code', caller: 'anyone', tag: 'Events', status: 200 },
    ...{ summary: 'What a discount code does', body: codes.tryCodeRequest, answer: codes.tryCodeResponse },
  },
  {
    ...{ method: 'post', path: '/api/orders', caller: 'anyone', tag: 'Orders', status: 201, idempotent: true },
    ...{ summary: 'Hold tickets for a buyer', body: orders.placeOrderRequest, answer: orders.placeOrderResponse },
  },
  { ...ofOrder, method: 'get', path: '/api/orders/{orderId}', summary: 'Read an order', answer: orders.orderResponse },
  {
    ...{ ...ofBuyer, method: 'post', path: '/api/orders/{orderId}/payment', answer: orders.paymentResponse },
    summary: 'The hosted payment page, the same one while it is open',
  },
  { ...ofBuyer, method: 'post', path: '/api/orders/{orderId}/extend', summary: 'Ten more minutes, once' },
  { ...ofBuyer, method: 'post', path: '/api/orders/{orderId}/cancel', summary: 'Cancel by the policy of the event' },
  { ...pdf, method: 'get', path: '/api/orders/{orderId}/tickets.pdf', summary: 'All tickets, one page each' },
  { ...pdf, method: 'get', path: '/api/tickets/{ticketId}.pdf', summary: 'One ticket' },
  {
    ...{ method: 'get', path: '/api/me/orders', caller: 'signed in', tag: 'Orders', status: 200, query: page },
    ...{ summary: 'Own orders, those bought as a guest included', answer: orders.myOrdersResponse },
  },
  {
    ...{ ...onSession, method: 'post', path: '/api/session', body: session.startSessionRequest },
    summary: 'Begin a cookie session with tokens of the user pool',
  },
  { ...onSession, method: 'get', path: '/api/session', summary: 'Who is signed in' },
  { ...onSession, method: 'delete', path: '/api/session', summary: 'Sign out' },
  {
    ...{ ...editors, method: 'post', path: '/api/organiser/events', status: 201, idempotent: true },
    ...{ summary: 'Draft an event', body: events.createEventRequest },
  },
  {
    ...{ ...team, method: 'get', path: '/api/organiser/events', query: events.eventsQuery },
    ...{ summary: 'Events of your organisations', answer: events.organiserEventsResponse },
  },
  { ...team, method: 'get', path: event, summary: 'Read an event', answer: events.organiserEventResponse },
  {
    ...{ ...editors, method: 'patch', path: event, body: events.editEventRequest },
    summary: 'Edit an event; a stale version answers 409',
  },
  { ...editors, method: 'post', path: `${event}/publish`, summary: 'Publish a draft', body: events.versionRequest },
  { ...editors, method: 'post', path: `${event}/cancel`, summary: 'Cancel an event', body: events.versionRequest },
  {
    ...{ ...editors, method: 'post', path: `${event}/withdraw`, body: events.versionRequest },
    summary: 'Take an event off the site that nobody has bought for; it is a draft again',
  },
  {
    ...{ ...editors, method: 'put', path: `${event}/address`, body: events.addressRequest },
    summary: 'Change the address of its page; the former ones lead to it',
  },
  {
    ...{ ...editors, method: 'delete', path: event, answer: events.deletedResponse },
    summary: 'Delete a draft that was never published',
  },
  {
    ...{ ...editors, method: 'post', path: `${event}/duplicate`, status: 201, idempotent: true },
    summary: 'A draft with the same words, ticket types and capacities',
  },
  {
    ...{ ...editors, method: 'put', path: `${event}/ticket-types/{ticketTypeId}` },
    ...{ summary: 'Add or change a ticket type', body: events.putTicketTypeRequest },
  },
  {
    ...{ ...editors, method: 'put', path: `${event}/pools/{poolId}`, body: events.putPoolRequest },
    summary: 'Add or resize a pool, never below held and sold',
  },
  {
    ...{ ...ledger, method: 'get', path: `${event}/codes`, answer: codes.codesResponse },
    summary: 'Discount codes and how often they were used',
  },
  {
    ...{ ...ledger, method: 'get', path: `${event}/codes/{code}`, answer: codes.codeResponse },
    summary: 'One discount code',
  },
  {
    ...{ ...editors, method: 'put', path: `${event}/codes/{code}`, body: codes.putCodeRequest },
    ...{ summary: 'Add or change a discount code; a stale version answers 409', answer: codes.codeResponse },
  },
  {
    ...{ ...editors, method: 'delete', path: `${event}/codes/{code}`, answer: codes.codesResponse },
    summary: 'Remove a discount code; orders that used it keep their price',
  },
  {
    ...{ ...uploads, method: 'post', path: `${event}/picture-uploads`, status: 201, idempotent: true },
    ...{ summary: 'A form for the file of a new picture', answer: pictures.pictureUploadStarted },
    body: pictures.pictureUploadRequest,
  },
  {
    ...{ ...uploads, method: 'get', path: `${event}/picture-uploads/{uploadId}` },
    summary: 'What became of the file',
  },
  {
    ...{ ...editors, method: 'put', path: `${event}/picture`, body: pictures.putPictureRequest },
    summary: 'Describe the picture anew, or take it away',
  },
  {
    ...{ ...team, method: 'get', path: `${event}/attendees`, query: organiser.attendeesQuery },
    ...{ summary: 'Who comes', answer: organiser.attendeesResponse },
  },
  { ...team, method: 'get', path: `${event}/attendees.csv`, summary: 'Who comes, as a table', contentType: 'text/csv' },
  { ...team, method: 'get', path: `${event}/stats`, summary: 'Exact totals', answer: organiser.statsResponse },
  {
    ...{ ...books, method: 'get', path: `${event}/orders`, query: organiser.ordersQuery },
    ...{ summary: 'Orders, the newest first', answer: organiser.organiserOrdersResponse },
  },
  { ...books, method: 'get', path: order, summary: 'Read an order', answer: organiser.organiserOrderResponse },
  {
    ...{ ...books, method: 'post', path: `${order}/refunds`, status: 201, idempotent: true },
    summary: 'Refund an order, some of its tickets, or an amount',
    ...{ body: organiser.refundRequest, answer: organiser.refundResponse },
  },
  {
    ...{ ...uploads, method: 'get', path: organisation, answer: organisations.organisationResponse },
    summary: 'An organisation and its logo',
  },
  {
    ...{ ...uploads, method: 'patch', path: organisation, body: organisations.editOrganisationRequest },
    ...{ summary: 'Change its name, words or colour; its events follow', answer: organisations.organisationResponse },
  },
  {
    ...{ ...uploads, method: 'post', path: `${organisation}/logo-uploads`, status: 201, idempotent: true },
    ...{ summary: 'A form for the file of a new logo', answer: pictures.pictureUploadStarted },
    body: pictures.pictureUploadRequest,
  },
  {
    ...{ ...uploads, method: 'get', path: `${organisation}/logo-uploads/{logoId}` },
    summary: 'What became of the file',
  },
  {
    ...{ ...uploads, method: 'delete', path: `${organisation}/logo`, answer: organisations.organisationResponse },
    summary: 'Take the logo away',
  },
  {
    ...{ method: 'get', path: members, caller: 'owner, manager', tag: 'Organiser', status: 200 },
    ...{ summary: 'The members of an organisation', answer: organisations.membersResponse },
  },
  {
    ...{ method: 'put', path: `${members}/{email}`, caller: 'owner', tag: 'Organiser', status: 200 },
    ...{
      summary: 'Add a member or change a role',
      body: organisations.memberRequest,
      answer: organisations.membersResponse,
    },
  },
  {
    ...{ method: 'delete', path: `${members}/{email}`, caller: 'owner', tag: 'Organiser', status: 200 },
    ...{ summary: 'Remove a member', answer: organisations.membersResponse },
  },
  {
    ...door,
    method: 'get',
    path: '/api/checkin/events',
    summary: 'Doors you may stand at',
    answer: checkin.doorEventsResponse,
  },
  {
    ...{ ...door, method: 'post', path: '/api/checkin/{eventId}/scans', body: checkin.scansRequest },
    ...{ summary: 'Record scans; a repeat is answered as before', answer: checkin.scansResponse },
  },
  {
    ...{ ...door, method: 'get', path: '/api/checkin/{eventId}/pack', answer: checkin.packResponse },
    summary: 'What a scanner needs to work offline',
  },
  {
    ...{ method: 'post', path: '/webhooks/stripe', caller: 'Stripe', tag: 'Webhooks', status: 200 },
    summary: 'Signed events of the payment provider',
  },
]
