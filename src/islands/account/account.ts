import type { Problem } from '#contracts/common.ts'
import { type MyOrdersResponse, myOrdersResponse } from '#contracts/orders.ts'
import { type SessionResponse, sessionResponse } from '#contracts/session.ts'
import { pathIn } from '#domain/languages.ts'
import { callApi } from '#src/api/client.ts'
import { priceText } from '#src/components/price.ts'
import { moment } from '#src/components/when.ts'
import { fill } from '#src/i18n/fill.ts'
import type { Common, Texts } from '#src/i18n/texts.ts'
import { readTexts } from '../read-texts.ts'

type MyOrder = MyOrdersResponse['orders'][number]
type Screen = 'loading' | 'signed_out' | 'failed' | 'ready'

/** A signed-in person's orders, those bought as a guest with the same address included. */
export function account() {
  const { common, account: words, home } = readTexts<{ common: Common; account: Texts['account']; home: string }>()
  return {
    screen: 'loading' as Screen,
    failure: '',
    user: null as SessionResponse['user'],
    isMember: false,
    orders: [] as MyOrder[],
    cursor: null as string | null,
    busy: false,

    async init() {
      const session = await callApi('/api/session', sessionResponse)
      if (!session.ok) return this.fail(session.problem)
      this.user = session.value.user
      this.isMember = session.value.organisations.length > 0
      if (this.user) await this.more()
      else this.screen = 'signed_out'
    },
    async more() {
      this.busy = true
      const cursor = this.cursor ? `&cursor=${encodeURIComponent(this.cursor)}` : ''
      const answer = await callApi(`/api/me/orders?limit=20${cursor}`, myOrdersResponse)
      this.busy = false
      if (!answer.ok) return this.fail(answer.problem)
      this.orders = [...this.orders, ...answer.value.orders]
      this.cursor = answer.value.cursor
      this.screen = 'ready'
    },
    async signOut() {
      this.busy = true
      const answer = await callApi('/api/session', sessionResponse, { method: 'DELETE' })
      this.busy = false
      if (!answer.ok) return this.fail(answer.problem)
      location.assign(home)
    },
    fail({ code }: Problem) {
      this.failure = code === 'offline' ? words.offline : words.fault
      this.screen = 'failed'
    },

    get isEmpty(): boolean {
      return this.orders.length === 0
    },
    get email(): string {
      return this.user?.email ?? ''
    },
    link: ({ id, key, language }: MyOrder): string => `${pathIn(language, '/order/')}#id=${id}&key=${key}`,
    status: ({ status }: MyOrder): string => words.status[status],
    when: ({ event }: MyOrder): string => moment(event.startsAt, event.timeZone, common.locale),
    what: ({ lines, total }: MyOrder): string =>
      `${lines.map(({ quantity, ticketTypeName: name }) => fill(words.line, { quantity, name })).join(common.comma)} · ${priceText(total, common)}`,
    place: ({ event }: MyOrder): string => `${event.venue.name}${common.comma}${event.venue.city}`,
  }
}
