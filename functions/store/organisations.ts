import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { Instant, Membership, Organisation, Picture } from '#domain/catalog.ts'
import { isSameOrganiser, organiserOf, startRebranding } from '#domain/organisations.ts'
import { parseOrganisation } from './event-item.ts'
import { catalogKeys } from './keys.ts'
import { rubbishWrites } from './media.ts'
import { rebrandingWrite } from './rebrandings.ts'
import { transact } from './transaction.ts'

export function createOrganisationStore(client: DynamoDBDocumentClient, tableName: string) {
  async function getOrganisation(organisationId: string): Promise<Organisation | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: catalogKeys.organisation(organisationId), ConsistentRead: true }),
    )
    return Item ? parseOrganisation(Item) : null
  }

  async function getOrganisationBySlug(slug: string): Promise<Organisation | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: catalogKeys.organisationSlug(slug), ConsistentRead: true }),
    )
    return Item ? getOrganisation(z.object({ organisationId: z.string() }).parse(Item).organisationId) : null
  }

  /** Makes an organisation with its first owner. */
  async function createOrganisation(
    organisation: Organisation,
    ownerEmail: string,
  ): Promise<'created' | 'exists' | 'slug_taken'> {
    const { id, slug, name } = organisation
    const owner: Membership = { organisationId: id, email: ownerEmail, role: 'owner' }
    const put = (condition: string, Item: Record<string, unknown>, isGuarded: boolean) => ({
      condition,
      item: {
        Put: {
          TableName: tableName,
          Item,
          ...(isGuarded ? { ConditionExpression: 'attribute_not_exists(pk)' } : {}),
        },
      },
    })
    const outcome = await transact(client, [
      put('organisation_is_new', { ...organisation, ...catalogKeys.organisation(id) }, true),
      put('slug_is_free', { ...catalogKeys.organisationSlug(slug), organisationId: id }, true),
      put('index', { ...catalogKeys.organiserIndex(slug), slug, name }, false),
      put('membership', { ...catalogKeys.member(id, ownerEmail), ...owner }, false),
      put('membership', { ...catalogKeys.membership(ownerEmail, id), ...owner }, false),
    ])
    if (outcome.ok) return 'created'
    return outcome.failed.includes('organisation_is_new') ? 'exists' : 'slug_taken'
  }

  /**
   * Writes what was edited; the logo, which has its own way, stays. Events follow a new name or colour by and by.
   *
   * @returns false when somebody else has edited it: nothing was written.
   */
  async function saveOrganisation(before: Organisation, after: Organisation, now: Instant): Promise<boolean> {
    const { id, slug, name, about, accent, website, version } = after
    const isNew = before.version === 1 ? ' OR attribute_not_exists(#version)' : ''
    const outcome = await transact(client, [
      {
        condition: 'version_is_current',
        item: {
          Update: {
            TableName: tableName,
            Key: catalogKeys.organisation(id),
            UpdateExpression: `SET #name = :name, about = :about, accent = :accent, #version = :version${website ? ', website = :website' : ' REMOVE website'}`,
            ConditionExpression: `attribute_exists(pk) AND (#version = :before${isNew})`,
            ExpressionAttributeNames: { '#name': 'name', '#version': 'version' },
            ExpressionAttributeValues: {
              ...{ ':name': name, ':about': about, ':accent': accent, ':version': version, ':before': before.version },
              ...(website ? { ':website': website } : {}),
            },
          },
        },
      },
      ...(name === before.name
        ? []
        : [
            {
              condition: 'index',
              item: { Put: { TableName: tableName, Item: { ...catalogKeys.organiserIndex(slug), slug, name } } },
            },
          ]),
      ...(isSameOrganiser(organiserOf(before), organiserOf(after))
        ? []
        : [rebrandingWrite(tableName, startRebranding(id, now))]),
    ])
    return outcome.ok
  }

  /** @returns false when the logo is no longer `before`: nothing was written. */
  async function saveLogo(
    organisationId: string,
    before: Picture | null,
    after: Picture | null,
    now: Instant,
  ): Promise<boolean> {
    const use = (logo: Picture) => catalogKeys.mediaUse(logo.base, organisationId)
    const isAsBefore = before ? 'logo.#base = :before' : 'attribute_exists(pk) AND attribute_not_exists(logo)'
    const outcome = await transact(client, [
      {
        condition: 'logo_is_unchanged',
        item: {
          Update: {
            TableName: tableName,
            Key: catalogKeys.organisation(organisationId),
            UpdateExpression: after ? 'SET logo = :after' : 'REMOVE logo',
            ConditionExpression: isAsBefore,
            ...(before ? { ExpressionAttributeNames: { '#base': 'base' } } : {}),
            ExpressionAttributeValues: {
              ...(after ? { ':after': after } : {}),
              ...(before ? { ':before': before.base } : {}),
            },
          },
        },
      },
      ...(after ? [{ condition: 'use', item: { Put: { TableName: tableName, Item: use(after) } } }] : []),
      ...(before && before.base !== after?.base
        ? [{ condition: 'use', item: { Delete: { TableName: tableName, Key: use(before) } } }]
        : []),
      ...rubbishWrites(tableName, before, after, now),
    ])
    return outcome.ok
  }

  return { getOrganisation, getOrganisationBySlug, createOrganisation, saveOrganisation, saveLogo }
}

export type OrganisationStore = ReturnType<typeof createOrganisationStore>
