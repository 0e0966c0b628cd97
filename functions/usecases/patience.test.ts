import { describe, expect, test } from 'vitest'
import { withPace, withPatience } from './patience.ts'
import { PaymentBusy, type PaymentProvider, PaymentUnavailable } from './payment-provider.ts'

const refund = { providerId: 're', status: 'succeeded' as const }
const never = () => Promise.reject(new Error('not asked here'))
const provider = (readRefund: PaymentProvider['readRefund']): PaymentProvider => ({
  ...{ openCheckout: never, readCheckout: never, closeCheckout: never, refund: never, readEvent: never, readRefund },
})

describe('patience with the provider', () => {
  test('ends for this run with the fifth silence', async () => {
    let asked = 0
    const patient = withPatience(
      provider(() => {
        asked++
        return Promise.reject(new PaymentUnavailable('silence'))
      }),
    )
    for (let count = 0; count < 20; count++) await expect(patient.readRefund('re')).rejects.toThrow(PaymentUnavailable)
    expect(asked).toBe(5)
  })

  test('does not end where the provider says that it is busy: it is asked again a little later, and goes on', async () => {
    let asked = 0
    const busy = () => (++asked % 3 === 0 ? Promise.resolve(refund) : Promise.reject(new PaymentBusy('429')))
    const patient = withPatience(provider(busy), [1, 1])
    for (let count = 0; count < 20; count++) expect(await patient.readRefund('re')).toEqual(refund)
    expect(asked).toBe(60)
  })

  test('gives one question up that stays unanswered, and asks the next', async () => {
    let asked = 0
    const patient = withPatience(
      provider(() => {
        asked++
        return Promise.reject(new PaymentBusy('429'))
      }),
      [1, 1],
    )
    for (let count = 0; count < 20; count++) await expect(patient.readRefund('re')).rejects.toThrow(PaymentBusy)
    expect(asked).toBe(60)
  })
})

test('every question keeps its distance, that after a refund, too', async () => {
  const askedAt: number[] = []
  const paced = withPace(
    provider(async () => {
      askedAt.push(performance.now())
      return refund
    }),
    50,
  )
  await Promise.all(Array.from({ length: 11 }, () => paced.readRefund('re')))
  expect(Math.max(...askedAt) - Math.min(...askedAt)).toBeGreaterThan(180)
})
