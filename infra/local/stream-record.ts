import type { AttributeValue, _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord, AttributeValue as LambdaAttributeValue } from 'aws-lambda'

/** A record of the SDK as Lambda hands it to a function: binary as base64, the time as seconds since 1970. */
export function toLambdaRecord(record: StreamRecord, streamArn: string): DynamoDBRecord {
  const { dynamodb, eventName, userIdentity } = record
  return {
    eventID: record.eventID,
    eventName,
    eventVersion: record.eventVersion,
    eventSource: 'aws:dynamodb',
    eventSourceARN: streamArn,
    awsRegion: record.awsRegion,
    ...(userIdentity && { userIdentity: { principalId: userIdentity.PrincipalId, type: userIdentity.Type } }),
    dynamodb: {
      ApproximateCreationDateTime: Math.floor((dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1000),
      Keys: toLambdaImage(dynamodb?.Keys),
      ...(dynamodb?.NewImage && { NewImage: toLambdaImage(dynamodb.NewImage) }),
      ...(dynamodb?.OldImage && { OldImage: toLambdaImage(dynamodb.OldImage) }),
      SequenceNumber: dynamodb?.SequenceNumber,
      SizeBytes: dynamodb?.SizeBytes,
      StreamViewType: dynamodb?.StreamViewType,
    },
  }
}

function toLambdaImage(image: Record<string, AttributeValue> = {}): Record<string, LambdaAttributeValue> {
  return Object.fromEntries(Object.entries(image).map(([name, value]) => [name, toLambdaValue(value)]))
}

function toLambdaValue(value: AttributeValue): LambdaAttributeValue {
  if (value.S !== undefined) return { S: value.S }
  if (value.N !== undefined) return { N: value.N }
  if (value.B !== undefined) return { B: base64(value.B) }
  if (value.SS !== undefined) return { SS: value.SS }
  if (value.NS !== undefined) return { NS: value.NS }
  if (value.BS !== undefined) return { BS: value.BS.map(base64) }
  if (value.M !== undefined) return { M: toLambdaImage(value.M) }
  if (value.L !== undefined) return { L: value.L.map(toLambdaValue) }
  if (value.NULL !== undefined) return { NULL: value.NULL }
  if (value.BOOL !== undefined) return { BOOL: value.BOOL }
  // An empty map arrives without its type.
  if (Object.keys(value).length === 0) return { M: {} }
  throw new Error(`Unknown attribute value ${JSON.stringify(value)}`)
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
