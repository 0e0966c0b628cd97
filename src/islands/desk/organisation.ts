import type { Problem } from '#contracts/common.ts'
import { type OrganisationResponse, organisationResponse } from '#contracts/pictures.ts'
import { sessionResponse } from '#contracts/session.ts'
import { callApi } from '#src/api/client.ts'

/** An organisation at the desk: what its pages show of it. */
export function deskOrganisation() {
  return {
    screen: 'loading' as 'loading' | 'signed_out' | 'forbidden' | 'failed' | 'ready',
    failure: '',
    organisations: [] as { id: string; name: string }[],
    organisationId: '',
    loaded: null as OrganisationResponse | null,
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
      const answer = await callApi(`/api/organiser/organisations/${this.organisationId}`, organisationResponse)
      if (!answer.ok) return this.fail(answer.problem)
      this.loaded = answer.value
      this.screen = 'ready'
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
