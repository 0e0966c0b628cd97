import type { Person } from '#tests/support/desk.ts'

/**
 * Everybody who may come to the API. People of the other organisation have the same roles there; `stripe` signs
 * what it sends; `unverified` is signed in under the buyer's address without having shown that it is his.
 */
export const callers = [
  'nobody',
  'unverified',
  'attendee',
  'buyer',
  'guest',
  'otherGuest',
  'door',
  'finance',
  'manager',
  'owner',
  'otherDoor',
  'otherFinance',
  'otherManager',
  'otherOwner',
  'stripe',
] as const
export type Caller = (typeof callers)[number]

/** Whose session cookie each of them brings; the others have none. */
export const personOf = {
  attendee: 'attendee',
  buyer: 'buyer',
  door: 'door',
  finance: 'finance',
  manager: 'manager',
  owner: 'owner',
  otherDoor: 'otherDoor',
  otherFinance: 'otherFinance',
  otherManager: 'otherManager',
  otherOwner: 'otherOwner',
} as const satisfies Partial<Record<Caller, Person>>

export const isSignedIn = (who: Caller): who is keyof typeof personOf => who in personOf
export const signedIn = callers.filter(isSignedIn)
