/*
 * <marquee-tickets><a href="https://THIS-SITE/organiser/NAME/">Tickets</a></marquee-tickets>
 *
 * Shows what comes next behind the link: an organiser's, a city's or a category's events, or one event's tickets. Sets no cookie, asks
 * only the link's own site, needs no inline script or style. Without it the link stands alone and leads to the same place.
 */
{
  const words = {
    en: {
      sold_out: 'Sold out',
      low: 'Few left',
      not_yet: 'On sale soon',
      ended: 'Sales ended',
      cancelled: 'Cancelled',
      free: 'Free',
      from: 'From {price}',
    },
    de: {
      sold_out: 'Ausverkauft',
      low: 'Wenige übrig',
      not_yet: 'Bald im Verkauf',
      ended: 'Verkauf beendet',
      cancelled: 'Abgesagt',
      free: 'Kostenlos',
      from: 'Ab {price}',
    },
    es: {
      sold_out: 'Agotado',
      low: 'Últimas entradas',
      not_yet: 'Próximamente a la venta',
      ended: 'Venta cerrada',
      cancelled: 'Cancelado',
      free: 'Gratis',
      from: 'Desde {price}',
    },
    ja: {
      sold_out: '完売',
      low: '残りわずか',
      not_yet: '近日発売',
      ended: '販売終了',
      cancelled: '中止',
      free: '無料',
      from: '{price}から',
    },
    ar: {
      sold_out: 'نفدت التذاكر',
      low: 'التذاكر محدودة',
      not_yet: 'تُباع قريبًا',
      ended: 'انتهى البيع',
      cancelled: 'أُلغيت',
      free: 'مجانًا',
      from: 'ابتداءً من {price}',
    },
  }
  const css = `
    :host { display: block; font: inherit; color: inherit; }
    ul { list-style: none; margin: 0 0 0.75em; padding: 0; }
    li { border-block-start: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
    li a { display: grid; grid-template-columns: 1fr auto; gap: 0 1em; padding: 0.75em 0; color: inherit; text-decoration: none; }
    li a:hover strong { text-decoration: underline; }
    li a:focus-visible { outline: 2px solid; outline-offset: 2px; }
    li { overflow-wrap: anywhere; }
    small { font-size: 0.875em; grid-column: 1; }
    span { grid-column: 2; grid-row: 1 / span 2; align-self: center; text-align: end; }
    .off { opacity: 0.75; }
  `

  class MarqueeTickets extends HTMLElement {
    async connectedCallback() {
      if (this.shadowRoot) return
      const link = this.querySelector('a[href]')
      // While the page arrives, an element is there before what stands in it.
      if (!link && document.readyState === 'loading')
        document.addEventListener('DOMContentLoaded', () => this.connectedCallback(), { once: true })
      if (!link) return
      const root = this.attachShadow({ mode: 'open' })
      root.append(document.createElement('slot'))
      try {
        const { origin } = new URL(link.href)
        const feed = await read(feedOf(link))
        const count = Number(this.getAttribute('count'))
        const shown = feed.items.slice(0, count >= 1 ? count : 5)
        if (shown.length === 0) return
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(css)
        root.adoptedStyleSheets = [sheet]
        const rows = shown.map((item) => rowFor(item, this))
        const list = document.createElement('ul')
        list.setAttribute('role', 'list')
        list.append(...rows.map(({ element }) => element))
        root.prepend(list)
        const refresh = () => Promise.all(rows.map(({ item, say }) => readState(origin, item).then(say)))
        await refresh()
        document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && refresh())
      } catch {
        // The link is there all the same.
      }
    }
  }

  /** `/feeds/de/city/zurich.json` for `/de/city/zurich/`, `/feeds/de/all.json` for `/de/`. */
  function feedOf({ href }) {
    const { origin, pathname } = new URL(href)
    const page = pathname.replace(/\/$/, '')
    return `${origin}/feeds${page.replace(/^(\/[a-z]{2})?$/, '$1/all')}.json`
  }

  async function read(url) {
    const response = await fetch(url, { credentials: 'omit' })
    if (!response.ok) throw new Error(`${url} answered ${response.status}`)
    return response.json()
  }

  /** What can be bought at this moment; the feed may be minutes old. */
  const readState = (origin, { id, _marquee }) =>
    read(`${origin}/api/events/${id}/availability`).then(
      ({ eventState }) => eventState,
      () => _marquee.saleState,
    )

  /** The page's language as `Intl` takes it: people write `DE` and `en_US`, and some what is no language at all. */
  function languageOf(host) {
    const written = host.closest('[lang]')?.lang.replaceAll('_', '-') || navigator.language
    try {
      return new Intl.Locale(written)
    } catch {
      const start = written.slice(0, 2).toLowerCase()
      return new Intl.Locale(start in words ? start : 'en')
    }
  }

  function timeText(startsAt, timeZone, lang) {
    const style = { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }
    try {
      return new Intl.DateTimeFormat(lang, { ...style, timeZone }).format(new Date(startsAt))
    } catch {
      // A browser may be older than the zone's name.
      return `${new Intl.DateTimeFormat(lang, { ...style, timeZone: 'UTC' }).format(new Date(startsAt))} UTC`
    }
  }

  function rowFor(item, host) {
    const lang = languageOf(host)
    const said = words[lang.language] ?? words.en
    const { startsAt, timeZone, venue, city, priceFrom, saleState } = item._marquee
    const element = make(
      'li',
      make(
        'a',
        make('strong', item.title),
        make('small', `${timeText(startsAt, timeZone, lang)} · ${venue}, ${city}`),
        make('span'),
      ),
    )
    element.firstChild.href = item.url
    const say = (state) => {
      const sells = state === 'on_sale' || state === 'low'
      const text = [...(sells ? [priceText(priceFrom, lang, said)] : []), ...(said[state] ? [said[state]] : [])].join(
        ' · ',
      )
      element.querySelector('span').textContent = text
      element.classList.toggle('off', !sells)
    }
    say(saleState)
    return { item, element, say }
  }

  function priceText(price, lang, said) {
    if (!price) return ''
    if (Number(price.amount) === 0) return said.free
    const style = { style: 'currency', currency: price.currency, trailingZeroDisplay: 'stripIfInteger' }
    return said.from.replace('{price}', new Intl.NumberFormat(lang, style).format(Number(price.amount)))
  }

  function make(name, ...children) {
    const element = document.createElement(name)
    element.append(...children)
    return element
  }

  if (!customElements.get('marquee-tickets')) customElements.define('marquee-tickets', MarqueeTickets)
}
