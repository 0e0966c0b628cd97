import { createApp, Refused } from '../http/app.ts'
import { receiveEvent } from '../usecases/receive-event.ts'
import { logger, orderPorts, paymentProvider } from '../wiring.ts'

export const app = createApp()

app.post('/webhooks/stripe', async (c) => {
  const signature = c.req.header('stripe-signature') ?? ''
  const event = await paymentProvider().readEvent(await c.req.text(), signature)
  if (!event) throw new Refused('bad_signature')
  const outcome = await receiveEvent(orderPorts(), event)
  if (outcome === 'mismatch') {
    logger().error('a payment does not fit its order', { event })
    throw new Refused('amount_mismatch')
  }
  return c.json({ received: true })
})
