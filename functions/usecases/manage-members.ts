import type { Membership, Role } from '#domain/catalog.ts'
import { ok, type Result, refuse } from '#domain/result.ts'

export interface MemberPorts {
  members(organisationId: string): Promise<readonly Membership[]>
  /** `whileOwner`: only as long as this other address is an owner. False when it no longer is. */
  put(membership: Membership, whileOwner: string | null): Promise<boolean>
  remove(organisationId: string, email: string, whileOwner: string | null): Promise<boolean>
}

export type MemberRefusal = { readonly code: 'last_owner' | 'not_found' }

export const putMember = (
  ports: MemberPorts,
  organisationId: string,
  email: string,
  role: Role,
): Promise<Result<readonly Membership[], MemberRefusal>> =>
  keepAnOwner(ports, organisationId, email, role, (whileOwner) =>
    ports.put({ organisationId, email, role }, whileOwner),
  )

export const removeMember = (
  ports: MemberPorts,
  organisationId: string,
  email: string,
): Promise<Result<readonly Membership[], MemberRefusal>> =>
  keepAnOwner(ports, organisationId, email, null, (whileOwner) => ports.remove(organisationId, email, whileOwner))

const maxTries = 5

async function keepAnOwner(
  ports: MemberPorts,
  organisationId: string,
  email: string,
  role: Role | null,
  write: (whileOwner: string | null) => Promise<boolean>,
): Promise<Result<readonly Membership[], MemberRefusal>> {
  for (let tries = 0; tries < maxTries; tries++) {
    const members = await ports.members(organisationId)
    const current = members.find((member) => member.email === email)
    if (!current && role === null) return refuse({ code: 'not_found' })
    const otherOwner = members.find((member) => member.role === 'owner' && member.email !== email)
    const stepsDown = role !== 'owner'
    if (stepsDown && !otherOwner) return refuse({ code: 'last_owner' })
    if (await write(stepsDown && otherOwner ? otherOwner.email : null)) return ok(await ports.members(organisationId))
  }
  throw new Error(`the owners of ${organisationId} changed at every attempt`)
}
