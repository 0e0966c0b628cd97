import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { parseEvent, parseOrganisation } from '#functions/store/event-item.ts'
import { catalogKeys } from '#functions/store/keys.ts'
import { sharePages } from '#functions/store/share-pictures.ts'
import type { CatalogChange } from './affected-paths.ts'

/** What a record of the catalog's stream means to the site; null when no page shows it. Cards change with their event. */
export function changeOf({ dynamodb }: DynamoDBRecord): CatalogChange | null {
  const { pk = '', sk = '' } = imageOf(dynamodb?.Keys) ?? {}
  const before = imageOf(dynamodb?.OldImage)
  const after = imageOf(dynamodb?.NewImage)
  if (sk === catalogKeys.event('').sk)
    return { kind: 'event', before: before ? parseEvent(before) : null, after: after ? parseEvent(after) : null }
  if (sk === catalogKeys.share('').sk) return { kind: 'share', pages: sharePages(after ?? before) }
  if (sk === catalogKeys.organisation('').sk)
    return { kind: 'organisation', slug: parseOrganisation(after ?? before).slug }
  if (pk === catalogKeys.city('').pk) return { kind: 'index', citySlug: String(sk) }
  if (pk === catalogKeys.language('').pk) return { kind: 'language' }
  return pk === catalogKeys.organiserIndex('').pk ? { kind: 'index', citySlug: null } : null
}

type LambdaImage = NonNullable<DynamoDBRecord['dynamodb']>['NewImage']

function imageOf(image: LambdaImage | undefined): Record<string, unknown> | null {
  // Lambda's type and the SDK's describe the same JSON; binary attributes, in which they differ, are not in the catalog.
  const plain: Parameters<typeof unmarshall>[0] = JSON.parse(JSON.stringify(image ?? null))
  return plain && unmarshall(plain)
}
