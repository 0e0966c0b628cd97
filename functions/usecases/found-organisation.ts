import type { Instant, Organisation, Role } from '#domain/catalog.ts'
import { foundOrganisation } from '#domain/organisations.ts'
import { ok, type Result, refuse } from '#domain/result.ts'

export interface FoundPorts {
  create(organisation: Organisation, ownerEmail: string): Promise<'created' | 'exists' | 'slug_taken'>
  organisationAt(slug: string): Promise<Organisation | null>
  roleOf(organisationId: string, email: string): Promise<Role | null>
  newId(): string
  now(): Instant
}

/** Makes an organisation with its first owner; asked again for the same one it answers that. */
export async function found(
  ports: FoundPorts,
  request: Pick<Organisation, 'name' | 'slug' | 'email'>,
): Promise<Result<Organisation, { readonly code: 'slug_taken' }>> {
  const made = foundOrganisation(request, ports.newId(), ports.now())
  if ((await ports.create(made, request.email)) === 'created') return ok(made)
  const there = await ports.organisationAt(request.slug)
  const isSame = there?.name === request.name && (await ports.roleOf(there.id, request.email)) === 'owner'
  return isSame ? ok(there) : refuse({ code: 'slug_taken' })
}
