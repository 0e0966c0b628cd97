import { Hono } from 'hono'
import { id } from '#contracts/common.ts'
import { editOrganisationRequest, type OrganisationResponse } from '#contracts/organisations.ts'
import type { Organisation, Role } from '#domain/catalog.ts'
import { editOrganisation } from '#domain/organisations.ts'
import { type AppContext, type AppEnv, Refused, readBody, readId } from '../http/app.ts'
import { type Member, requireMember } from '../http/session.ts'
import { organisationPorts } from '../wiring.ts'
import { pictureView } from './views.ts'

export const organisations = new Hono<AppEnv>()

const editors: readonly Role[] = ['owner', 'manager']
const path = '/api/organiser/organisations/:organisationId'

organisations.get(path, async (c) => c.json(organisationView((await requireOrganisationEditor(c)).organisation)))

organisations.patch(path, async (c) => {
  const { organisation } = await requireOrganisationEditor(c)
  const { version, ...changes } = await readBody(c, editOrganisationRequest)
  const edited = editOrganisation(organisation, changes, version)
  if (!edited.ok) throw new Refused(edited.refusal.code)
  if (!(await organisationPorts().save(organisation, edited.value))) throw new Refused('stale_version')
  return c.json(organisationView(edited.value))
})

export async function requireOrganisationEditor(
  c: AppContext,
): Promise<Member & { readonly organisation: Organisation }> {
  const member = await requireMember(c, readId(c, 'organisationId', id('org')), editors)
  const organisation = await organisationPorts().organisation(member.organisationId)
  if (!organisation) throw new Refused('not_found')
  return { ...member, organisation }
}

export function organisationView(organisation: Organisation): OrganisationResponse {
  const { id: organisationId, slug, version, name, about, accent, website, logo } = organisation
  return {
    organisation: {
      ...{ id: organisationId, slug, version, name, about, accent },
      website: website ?? null,
      logo: logo ? pictureView(logo) : null,
    },
  }
}
