import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { type Membership, type Role, roles } from '#domain/catalog.ts'
import { catalogKeys } from './keys.ts'
import { queryAll } from './query-all.ts'
import { type NamedWrite, transact } from './transaction.ts'

const membership = z.object({
  organisationId: z.string(),
  email: z.string(),
  role: z.enum(roles),
})

/** A membership stands twice, under its organisation and under its address, written together. */
export function createMemberStore(client: DynamoDBDocumentClient, tableName: string) {
  const list = async (pk: string, prefix: string): Promise<Membership[]> => {
    const found = await queryAll(client, {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
    })
    return z.array(membership).parse(found)
  }

  const listMembers = (organisationId: string): Promise<Membership[]> =>
    list(catalogKeys.member(organisationId, '').pk, catalogKeys.member(organisationId, '').sk)

  const membershipsOf = (email: string): Promise<Membership[]> =>
    list(catalogKeys.membership(email, '').pk, catalogKeys.membership(email, '').sk)

  async function roleOf(organisationId: string, email: string): Promise<Role | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: catalogKeys.member(organisationId, email), ConsistentRead: true }),
    )
    return Item ? membership.parse(Item).role : null
  }

  /** @returns false when `whileOwner` is no owner any more: nothing was written. */
  async function putMember(member: Membership, whileOwner: string | null): Promise<boolean> {
    const keys = [
      catalogKeys.member(member.organisationId, member.email),
      catalogKeys.membership(member.email, member.organisationId),
    ]
    const outcome = await transact(client, [
      ...keys.map((key) => ({
        condition: 'membership',
        item: { Put: { TableName: tableName, Item: { ...key, ...member } } },
      })),
      ...stillOwner(member.organisationId, whileOwner),
    ])
    return outcome.ok
  }

  /** @returns false as `putMember` does. */
  async function removeMember(organisationId: string, email: string, whileOwner: string | null): Promise<boolean> {
    const keys = [catalogKeys.member(organisationId, email), catalogKeys.membership(email, organisationId)]
    const outcome = await transact(client, [
      ...keys.map((Key) => ({ condition: 'membership', item: { Delete: { TableName: tableName, Key } } })),
      ...stillOwner(organisationId, whileOwner),
    ])
    return outcome.ok
  }

  function stillOwner(organisationId: string, email: string | null): NamedWrite[] {
    if (email === null) return []
    return [
      {
        condition: 'still_owner',
        item: {
          ConditionCheck: {
            TableName: tableName,
            Key: catalogKeys.member(organisationId, email),
            ConditionExpression: '#role = :owner',
            ExpressionAttributeNames: { '#role': 'role' },
            ExpressionAttributeValues: { ':owner': 'owner' },
          },
        },
      },
    ]
  }

  return { listMembers, membershipsOf, roleOf, putMember, removeMember }
}

export type MemberStore = ReturnType<typeof createMemberStore>
