import type { World } from '../world.ts'
import { invalidRequest } from './errors.ts'
import { pageOf } from './lists.ts'

type Fields = Record<string, unknown>
type Lookup = (world: World, id: string) => object | undefined

const MAX_DEPTH = 4

const paymentIntent: Lookup = (world, id) => world.ledger.paymentIntents.get(id)
const charge: Lookup = (world, id) => world.ledger.charges.get(id)
const balanceTransaction: Lookup = (world, id) => world.ledger.balanceTransactions.get(id)

const REFERENCES: Record<string, Record<string, Lookup>> = {
  'checkout.session': { payment_intent: paymentIntent },
  payment_intent: { latest_charge: charge },
  charge: { payment_intent: paymentIntent, balance_transaction: balanceTransaction },
  refund: {
    charge,
    payment_intent: paymentIntent,
    balance_transaction: balanceTransaction,
    failure_balance_transaction: balanceTransaction,
  },
  dispute: { charge, payment_intent: paymentIntent },
  balance_transaction: { source: (world, id) => world.ledger.charges.get(id) ?? world.ledger.refunds.get(id) },
}

/** Fields that Stripe leaves out until somebody expands them. */
const INCLUDABLE: Record<string, Record<string, Lookup>> = {
  'checkout.session': {
    line_items: (world, id) =>
      pageOf(world.ledger.checkouts.get(id)?.lineItems ?? [], {}, `/v1/checkout/sessions/${id}/line_items`),
  },
  charge: {
    refunds: (world, id) =>
      pageOf([...world.ledger.refunds.values()].filter((refund) => refund.charge === id).reverse(), {}, '/v1/refunds'),
  },
}

/** Puts objects in the place of the ids that `paths` name, such as `payment_intent.latest_charge` or `data.charge`. */
export function expand(world: World, answer: object, paths: string[]): object {
  return paths.reduce((expanded, path) => {
    const steps = path.split('.')
    if (steps.length > MAX_DEPTH + 1) {
      throw invalidRequest(`You cannot expand more than ${MAX_DEPTH} levels of a property. Property: ${path}`, {
        param: 'expand',
      })
    }
    return expandStep(world, expanded, steps, path)
  }, answer)
}

function expandStep(world: World, object: object, [step, ...rest]: string[], path: string): object {
  if (step === undefined) return object
  const fields: Fields = { ...object }
  if (fields.object === 'list' && step === 'data' && Array.isArray(fields.data)) {
    return { ...fields, data: fields.data.map((item: object) => expandStep(world, item, rest, path)) }
  }
  const value = resolve(world, fields, step, path)
  if (value === null) return { ...fields, [step]: null }
  return { ...fields, [step]: expandStep(world, value, rest, path) }
}

function resolve(world: World, fields: Fields, step: string, path: string): object | null {
  const kind = String(fields.object)
  const value = fields[step]
  if (typeof value === 'object' && (value === null || kind !== 'list')) return value
  const found =
    typeof value === 'string'
      ? REFERENCES[kind]?.[step]?.(world, value)
      : INCLUDABLE[kind]?.[step]?.(world, String(fields.id))
  if (!found) throw invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' })
  return found
}
