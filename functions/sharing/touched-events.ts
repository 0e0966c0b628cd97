import type { DynamoDBRecord } from 'aws-lambda'
import { isEventItem } from '../store/keys.ts'

/** The event whose item a record of the catalog's stream is about; null for all other items. */
export function touchedEvent({ dynamodb }: DynamoDBRecord): string | null {
  const { pk, sk } = dynamodb?.Keys ?? {}
  return dynamodb?.NewImage && pk?.S && isEventItem(pk.S, sk?.S) ? pk.S.slice('EVENT#'.length) : null
}
