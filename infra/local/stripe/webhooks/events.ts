import Stripe from 'stripe'
import { newId } from '../ids.ts'
import { type Change, put } from '../ledger/ledger.ts'
import type { StripeEvent } from '../ledger/records.ts'
import type { Cause, World } from '../world.ts'

/** The changes that record an event and put its webhook in the queue: commit them with what they tell. */
export function eventChanges(world: World, cause: Cause, type: string, object: object): Change[] {
  const event: StripeEvent = {
    id: newId('evt'),
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: world.clock.now(),
    data: { object: structuredClone(object) },
    livemode: false,
    pending_webhooks: world.hasWebhook ? 1 : 0,
    request: cause,
    type,
  }
  if (!world.hasWebhook) return [put('events', event)]
  return [
    put('events', event),
    put('deliveries', {
      id: event.id,
      state: 'pending',
      attempts: [],
      nextAttemptAt: world.clock.agedNowMs(),
      copiesLeft: 0,
    }),
  ]
}
