import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '#tests/support/browser.ts'
import { demoEvent } from '#tests/support/walks.ts'

/** An organiser's own site, which allows itself nothing but what the widget asks for. Its markup arrives in so many pieces. */
async function serveSite(markup: string | readonly string[], site: string) {
  const policy = `default-src 'none'; script-src ${site}; connect-src ${site}; img-src data:`
  const html = `<!doctype html><html lang="de"><head><title>Almazara</title><link rel="icon" href="data:,"></head><body><main><h1>Almazara</h1>`
  const server = createServer(async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
    response.write(html)
    for (const piece of [markup].flat()) {
      response.write(piece)
      if (markup !== piece) await wait(500)
    }
    response.end('</main></body></html>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port }: AddressInfo = Object(server.address())
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

const widget = (site: string, path: string) =>
  `<marquee-tickets><a href="${site}${path}">Karten</a></marquee-tickets><script async src="${site}/widget.js"></script>`

test('the widget shows an organiser’s next events on a site of his own, under a strict policy, without a cookie', async ({
  page,
  baseURL,
}) => {
  const site = new URL(baseURL ?? '').origin
  const host = await serveSite(widget(site, '/organiser/almazara-cultural/'), site)
  try {
    await page.goto(host.url)
    const events = page.locator('marquee-tickets li')
    await expect(events).toHaveCount(5)
    await expect(events.getByText(/^Ab .*€|^Kostenlos|^Ausverkauft/).first()).toBeVisible()
    await expect(page.getByRole('link', { name: 'Karten' })).toBeVisible()
    expect(await page.context().cookies()).toEqual([])
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await page.screenshot({ path: 'test-results/widget.png' })
    const [first] = await events.getByRole('link').all()
    await first?.click()
    await expect(page).toHaveURL(new RegExp(`^${site}/events/`))
  } finally {
    host.close()
  }
})

test('it shows one event with what is left at this moment, and without a script the link stands alone', async ({
  page,
  browser,
  baseURL,
  info,
}) => {
  const site = new URL(baseURL ?? '').origin
  const { path } = demoEvent(info, 'sold_out')
  const host = await serveSite(widget(site, path), site)
  try {
    await page.goto(host.url)
    await expect(page.locator('marquee-tickets li')).toHaveText(/Ausverkauft/)
    const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
    await plain.goto(host.url)
    await expect(plain.getByRole('link', { name: 'Karten' })).toHaveAttribute('href', site + path)
    await plain.context().close()
  } finally {
    host.close()
  }
})

test('each widget of a page that arrives slowly shows its events, though it is there before its link', async ({
  page,
  baseURL,
}) => {
  const site = new URL(baseURL ?? '').origin
  const all = widget(site, '/organiser/almazara-cultural/')
  const [start, ...rest] = all.split(/(?=<a )/)
  const host = await serveSite([all, start ?? '', rest.join('')], site)
  try {
    await page.goto(host.url)
    for (const one of [0, 1]) await expect(page.locator('marquee-tickets').nth(one).locator('li')).toHaveCount(5)
  } finally {
    host.close()
  }
})

test('it shows as many events as it is told, and five where that is no number of events', async ({ page, baseURL }) => {
  const site = new URL(baseURL ?? '').origin
  const told = { '2': 2, '3.5': 3, '0': 5, '-1': 5, many: 5 }
  const one = widget(site, '/organiser/almazara-cultural/')
  const all = Object.keys(told).map((count) => one.replace('<marquee-tickets', `<marquee-tickets count="${count}"`))
  const host = await serveSite(all.join(''), site)
  try {
    await page.goto(host.url)
    for (const [at, shown] of Object.values(told).entries())
      await expect(page.locator('marquee-tickets').nth(at).locator('li')).toHaveCount(shown)
  } finally {
    host.close()
  }
})

test('the language of a page is understood however it is written', async ({ page, baseURL }) => {
  const site = new URL(baseURL ?? '').origin
  const all = widget(site, '/organiser/almazara-cultural/')
  const languages = ['DE', 'de_CH', 'de-', 'en_US', '???']
  const host = await serveSite(languages.map((lang) => `<div lang="${lang}">${all}</div>`).join(''), site)
  try {
    await page.goto(host.url)
    for (const [at, word] of ['Ab', 'Ab', 'Ab', 'From', 'From'].entries()) {
      const prices = page
        .locator('marquee-tickets')
        .nth(at)
        .getByText(new RegExp(`^${word} \\D*\\d`))
      await expect(prices.first()).toBeVisible()
    }
  } finally {
    host.close()
  }
})

test('a link to a page in another language shows what is offered in that', async ({ page, baseURL }) => {
  const site = new URL(baseURL ?? '').origin
  const host = await serveSite(widget(site, '/de/') + widget(site, '/de/city/zurich/'), site)
  try {
    await page.goto(host.url)
    for (const one of [0, 1]) {
      const events = page.locator('marquee-tickets').nth(one).locator('li')
      await expect(events.getByText('Letten-Lichter')).toBeVisible()
      const addresses = await events.getByRole('link').evaluateAll((links) => links.map((link) => `${link}`))
      expect(addresses).toContain(`${site}/de/events/letten-lichter/`)
    }
  } finally {
    host.close()
  }
})

test('an event is shared by plain links, and by what the browser has of its own', async ({
  page,
  context,
  browser,
  info,
  baseURL,
}) => {
  const { path } = demoEvent(info, 'on_sale')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(path)
  const share = page.getByRole('region', { name: 'Bring someone' })
  await share.getByRole('button', { name: 'Copy link' }).click()
  await expect(share.getByRole('button', { name: 'Link copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(new URL(path, baseURL).href)

  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await plain.goto(new URL(path, baseURL).href)
  const ways = plain.getByRole('region', { name: 'Bring someone' }).getByRole('link')
  await expect(ways).toHaveText(['E-mail', 'WhatsApp', 'Telegram', 'Facebook', 'X'])
  await expect(plain.getByRole('button', { name: 'Copy link' })).toBeHidden()
  await plain.context().close()
})

test('feeds are well-formed XML to a browser, and answered to every site', async ({ page, baseURL }) => {
  await page.goto('/')
  const answers = await page.evaluate(async () => {
    const links = [...document.querySelectorAll<HTMLLinkElement>('link[type="application/atom+xml"]')].map(
      ({ href }) => href,
    )
    return Promise.all(
      [...links, '/feeds/city/sevilla.atom', '/feeds/organiser/almazara-cultural.atom', '/sitemap.xml'].map(
        async (url) => {
          const xml = new DOMParser().parseFromString(await (await fetch(url)).text(), 'application/xml')
          return xml.querySelector('parsererror')?.textContent ?? xml.documentElement.namespaceURI
        },
      ),
    )
  })
  const atom = 'http://www.w3.org/2005/Atom'
  expect(answers).toEqual([atom, atom, atom, 'http://www.sitemaps.org/schemas/sitemap/0.9'])
  const feed = await fetch(new URL('/feeds/city/sevilla.ics', baseURL))
  expect(feed.headers.get('access-control-allow-origin')).toBe('*')
  expect(feed.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
})
