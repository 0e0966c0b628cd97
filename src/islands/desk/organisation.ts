import type { Problem } from '#contracts/common.ts'
import {
  type EditOrganisationRequest,
  type OrganisationResponse,
  organisationResponse,
} from '#contracts/organisations.ts'
import { sessionResponse } from '#contracts/session.ts'
import { type Answer, callApi } from '#src/api/client.ts'
import { fieldErrors } from './words.ts'

/** An organisation at the desk: what its pages show of it. */
export function deskOrganisation() {
  return {
    screen: 'loading' as 'loading' | 'signed_out' | 'forbidden' | 'failed' | 'ready',
    failure: '',
    organisations: [] as { id: string; name: string }[],
    organisationId: '',
    loaded: null as OrganisationResponse | null,
    form: { name: '', about: '', accent: '#000000', website: '' },
    errors: {} as Record<string, string>,
    saved: '',
    wrong: '',
    busy: false,
    /** Others do not get here. */
    canEdit: true,

    async init() {
      const session = await callApi('/api/session', sessionResponse)
      if (!session.ok) return this.fail(session.problem)
      if (!session.value.user) {
        this.screen = 'signed_out'
        return
      }
      this.organisations = session.value.organisations.filter(({ role }) => role === 'owner' || role === 'manager')
      this.organisationId = this.organisations[0]?.id ?? ''
      if (!this.organisationId) this.screen = 'forbidden'
      else await this.load()
    },
    async load() {
      const answer = await callApi(this.path, organisationResponse)
      if (!answer.ok) return this.fail(answer.problem)
      this.take(answer.value)
      this.saved = ''
      this.wrong = ''
      this.screen = 'ready'
    },
    take(loaded: OrganisationResponse) {
      const { name, about, accent, website } = loaded.organisation
      this.loaded = loaded
      this.form = { name, about, accent, website: website ?? '' }
      this.errors = {}
    },
    get path(): string {
      return `/api/organiser/organisations/${this.organisationId}`
    },
    errorOf(field: string): string {
      return this.errors[field] ?? ''
    },
    async save() {
      if (!this.loaded || this.busy) return
      const { name, about, accent, website } = this.form
      const { version } = this.loaded.organisation
      const body: EditOrganisationRequest = { version, name, about, accent, website: website.trim() || null }
      this.busy = true
      this.saved = ''
      this.wrong = ''
      this.tell(await callApi(this.path, organisationResponse, { method: 'PATCH', body }))
      this.busy = false
    },
    tell(answer: Answer<OrganisationResponse>) {
      if (answer.ok) {
        this.take(answer.value)
        this.saved = 'Saved. Your page follows at once, those of your events within a few minutes.'
        return
      }
      this.errors = fieldErrors(answer.problem)
      this.wrong = answer.problem.title
    },
    fail({ title, status }: Problem) {
      this.failure = title
      this.screen = status === 401 ? 'signed_out' : 'failed'
    },
    get name(): string {
      return this.loaded?.organisation.name ?? ''
    },
    get publicPath(): string {
      return this.loaded ? `/organiser/${this.loaded.organisation.slug}/` : ''
    },
  }
}
