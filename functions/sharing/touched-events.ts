import type { DynamoDBRecord } from 'aws-lambda'

/** The event whose item a record of the catalog's stream is about; null for all other items. */
export function touchedEvent({ dynamodb }: DynamoDBRecord): string | null {
  const { pk, sk } = dynamodb?.Keys ?? {}
  return sk?.S === 'EVENT' && pk?.S?.startsWith('EVENT#') && dynamodb?.NewImage ? pk.S.slice('EVENT#'.length) : null
}
