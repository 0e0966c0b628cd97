import { type OrganiserEventsResponse, organiserEventsResponse } from '#contracts/events.ts'
import { type SessionResponse, sessionResponse } from '#contracts/session.ts'
import { callApi } from '#src/api/client.ts'
import { dateTimeWords } from './words.ts'

type ListedEvent = OrganiserEventsResponse['events'][number]
type Screen = 'loading' | 'signed_out' | 'no_organisation' | 'failed' | 'ready'

/** The desk's first screen: the events of the member's organisations, newest start first. */
export function deskEvents() {
  return {
    screen: 'loading' as Screen,
    failure: '',
    organisations: [] as SessionResponse['organisations'],
    events: [] as ListedEvent[],
    cursor: null as string | null,
    busy: false,

    async init() {
      const session = await callApi('/api/session', sessionResponse)
      if (!session.ok) return this.fail(session.problem.title)
      if (!session.value.user) {
        this.screen = 'signed_out'
        return
      }
      this.organisations = session.value.organisations
      if (this.organisations.length === 0) {
        this.screen = 'no_organisation'
        return
      }
      await this.more()
    },
    async more() {
      this.busy = true
      const cursor = this.cursor ? `&cursor=${encodeURIComponent(this.cursor)}` : ''
      const answer = await callApi(`/api/organiser/events?limit=50${cursor}`, organiserEventsResponse)
      this.busy = false
      if (!answer.ok) return this.fail(answer.problem.title)
      this.events = [...this.events, ...answer.value.events]
      this.cursor = answer.value.cursor
      this.screen = 'ready'
    },
    fail(reason: string) {
      this.failure = reason
      this.screen = 'failed'
    },

    get canCreate(): boolean {
      return this.organisations.some(({ role }) => role === 'owner' || role === 'manager')
    },
    get isEmpty(): boolean {
      return this.events.length === 0
    },
    link: (event: ListedEvent): string => `/desk/event/?id=${event.id}`,
    when: (event: ListedEvent): string => dateTimeWords(event.startsAt, event.timeZone),
    state: (event: ListedEvent): string =>
      (event.status === 'published' ? event.saleState : event.status).replace('_', ' '),
  }
}
