import type { Outage } from '../outage.ts'
import type { Postman } from '../webhooks/deliveries.ts'
import type { World } from '../world.ts'

export type Control = { world: World; postman: Postman; outage: Outage }

export function stateOf({ world, postman, outage: current }: Control) {
  const { checkouts, events, deliveries } = world.ledger
  const queued = [...deliveries.values()].filter(({ state }) => state === 'pending').length
  return {
    ...postman.switches,
    outage: current,
    agedSeconds: world.clock.agedSeconds(),
    sessions: checkouts.size,
    events: events.size,
    queued,
  }
}

export function deliveriesOf({ world }: Control) {
  return [...world.ledger.events.values()].reverse().map((event) => {
    const { state = 'no_webhook', attempts = [], nextAttemptAt } = world.ledger.deliveries.get(event.id) ?? {}
    const due = state === 'pending' && nextAttemptAt ? new Date(nextAttemptAt - world.clock.agedSeconds() * 1000) : null
    return {
      id: event.id,
      type: event.type,
      created: event.created,
      state,
      attempts,
      nextAttemptAt: due?.toISOString() ?? null,
    }
  })
}
