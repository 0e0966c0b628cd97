import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { card, newFolder, order, paidOrder, post, start, startReceiver } from './shop.ts'

describe('the hosted page', () => {
  test('shows the order, takes 4242 with spaces, and sends the buyer back', async () => {
    const { stripe } = await start()
    const { id, url } = await stripe.checkout.sessions.create(order())
    const page = await (await fetch(url ?? '')).text()
    expect(page).toContain('Stalls &amp; &lt;b&gt;balcony&lt;/b&gt;')
    for (const text of ['€59.00', '€24.50 each', 'no real money', 'Card number', 'Expiry', 'CVC', 'Name on card'])
      expect(page).toContain(text)
    expect(page).toContain('href="https://shop.example/basket"')

    const paid = await post(url, card('4242 4242 4242 4242'))
    expect(paid.status).toBe(303)
    expect(paid.headers.get('location')).toBe(`https://shop.example/thanks?session=${id}`)
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] })
    expect(session).toMatchObject({
      ...{ status: 'complete', payment_status: 'paid', url: null },
      customer_details: { email: 'ana@example.org', name: 'Ana Ruiz' },
      payment_intent: {
        ...{
          status: 'succeeded',
          amount: 5900,
          amount_received: 5900,
          currency: 'eur',
          metadata: { order: 'ord_1', venue: 'Teatro' },
        },
        latest_charge: {
          ...{ status: 'succeeded', paid: true, amount: 5900, amount_refunded: 0, refunded: false },
          payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242' } },
        },
      },
    })
  })

  test.each([
    ['jpy', 3500, '¥3,500'],
    ['usd', 3500, '$35.00'],
    ['kwd', 3500, 'KWD&nbsp;3.500'],
    ['isk', 350000, 'ISK&nbsp;3,500.00'],
  ])('amounts in %s have the digits that Stripe gives it', async (currency, unit_amount, shown) => {
    const { stripe } = await start()
    const line_items = [{ quantity: 1, price_data: { currency, unit_amount, product_data: { name: 'Seat' } } }]
    const { url } = await stripe.checkout.sessions.create(order({ line_items }))
    expect((await (await fetch(url ?? '')).text()).replaceAll('\u00a0', '&nbsp;')).toContain(`Pay ${shown}`)
  })

  test.each([
    ['4000000000000002', 'Your card was declined.', 'generic_decline'],
    ['4000000000009995', 'Your card has insufficient funds.', 'insufficient_funds'],
    ['4000056655665565', 'number is invalid', null],
  ])('%s is not paid, says why, and leaves the session open for another card', async (number, message, declineCode) => {
    const { webhook, types } = await startReceiver()
    const { stripe } = await start({ webhook })
    const { id, url } = await stripe.checkout.sessions.create(order())
    const page = await post(url, card(number))
    expect(page.status).toBe(declineCode ? 402 : 422)
    expect(await page.text()).toContain(message)
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] })
    expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid' })
    if (declineCode) {
      const refused = { status: 'requires_payment_method', last_payment_error: { decline_code: declineCode } }
      expect(session.payment_intent).toMatchObject(refused)
    }

    expect((await post(url, card('4242424242424242'))).status).toBe(303)
    const { data } = await stripe.charges.list()
    expect(data.filter(({ paid }) => paid)).toHaveLength(1)
    await vi.waitFor(() => expect(types()).toContain('checkout.session.completed'))
    expect(types().includes('payment_intent.payment_failed')).toBe(declineCode !== null)
    expect(types().filter((type) => type === 'payment_intent.created')).toHaveLength(1)
  })

  test.each([
    [{ cardNumber: '' }, 'Enter your card number.'],
    [{ cardNumber: '4242' }, 'Your card number is incomplete.'],
    [{ cardNumber: '4242424242424241' }, 'Your card number is invalid.'],
    [{ cardNumber: '4242x' }, 'A card number has digits only.'],
    [{ cardExpiry: '01 / 20' }, 'Your card has expired.'],
    [{ cardExpiry: '13 / 34' }, 'expiry month is invalid'],
    [{ cardExpiry: 'soon' }, 'Enter the expiry as MM / YY.'],
    [{ cardCvc: '' }, 'Enter the security code.'],
    [{ cardCvc: '12' }, 'security code has 3 digits'],
    [{ billingName: ' ' }, 'Enter the name on the card.'],
  ])('%o is refused beside its field and charges nothing', async (changes, message) => {
    const { stripe } = await start()
    const { url } = await stripe.checkout.sessions.create(order())
    const page = await post(url, { ...card('4242424242424242'), ...changes })
    expect(page.status).toBe(422)
    const html = await page.text()
    expect(html).toMatch(new RegExp(`<p class="error" id="${Object.keys(changes)[0]}-error">[^<]*${message}`))
    expect(html).toContain(`aria-describedby="${Object.keys(changes)[0]}-error"`)
    expect((await stripe.charges.list()).data).toEqual([])
  })

  test('an e-mail address is asked for only when the shop does not know it', async () => {
    const { stripe } = await start()
    const { customer_email: _, ...withoutEmail } = order()
    const { id, url } = await stripe.checkout.sessions.create(withoutEmail)
    expect((await post(url, { ...card('4242424242424242'), email: 'nobody' })).status).toBe(422)
    await post(url, { ...card('4242424242424242'), email: 'li@example.org' })
    expect((await stripe.checkout.sessions.retrieve(id)).customer_details?.email).toBe('li@example.org')

    const known = await stripe.checkout.sessions.create(order())
    await post(known.url, { ...card('4242424242424242'), email: 'thief@example.org' })
    expect((await stripe.checkout.sessions.retrieve(known.id)).customer_details?.email).toBe('ana@example.org')
  })

  test('3-D Secure: completing pays, failing leaves the session open', async () => {
    const { stripe } = await start()
    const { id, url } = await stripe.checkout.sessions.create(order())
    const pay = () => post(url, card('4000002500003155'))
    expect(await (await pay()).text()).toMatch(/<button[^>]*>Complete<\/button>\s*<button[^>]*>Fail<\/button>/)
    expect((await stripe.charges.list()).data).toEqual([])
    expect(await (await post(url, { three_d_secure: 'fail' })).text()).toContain('unable to authenticate')
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open')

    await pay()
    expect(await (await fetch(url ?? '')).text()).toContain('Your bank asks')
    expect((await post(url, { three_d_secure: 'complete' })).status).toBe(303)
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid')
  })

  test('an answer to a 3-D-Secure question that nobody asked pays nothing', async () => {
    const { stripe } = await start()
    const { id, url } = await stripe.checkout.sessions.create(order())
    expect((await post(url, { three_d_secure: 'complete' })).status).toBe(422)
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('unpaid')
  })

  test('ten presses of Pay at once are one payment', async () => {
    const { webhook, types } = await startReceiver()
    const { stripe } = await start({ webhook })
    const { url } = await stripe.checkout.sessions.create(order())
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(url, card('4242424242424242'))))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array.from({ length: 9 }, () => 409)])
    expect((await stripe.charges.list()).data).toHaveLength(1)
    await vi.waitFor(() => expect(types()).toContain('checkout.session.completed'))
    expect(types().filter((type) => type === 'checkout.session.completed')).toHaveLength(1)
  })

  test('a paid session’s page says so and leads back to the shop', async () => {
    const { simulator, stripe } = await start()
    const { session } = await paidOrder(stripe)
    const page = await fetch(`${simulator.url}/c/pay/${session.id}`)
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain('already paid')
    expect(html).toContain(`https://shop.example/thanks?session=${session.id}`)
    expect((await fetch(`${simulator.url}/c/pay/cs_test_unknown`)).status).toBe(404)
  })

  test('runs no script and loads nothing', async () => {
    const { stripe } = await start()
    const { url } = await stripe.checkout.sessions.create(order())
    const page = await fetch(url ?? '')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await page.text()).not.toMatch(/<script|<link|<img|@import|url\(/)
  })

  test('a card that is no test card is declined, and its number is not kept', async () => {
    const folder = newFolder()
    const { stripe } = await start({ folder })
    const { url } = await stripe.checkout.sessions.create(order())
    const page = await post(url, card('4539578763621486'))
    expect(await page.text()).toContain('use a test card')
    expect(readFileSync(join(folder, 'journal.jsonl'), 'utf8')).not.toContain('4539578763621486')
  })
})
