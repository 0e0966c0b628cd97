import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

const connected = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' }))

/** The client that our stores are given, with every command going to `send` and nowhere else. */
export const clientOf = (send: (command: object) => Promise<object>): DynamoDBDocumentClient =>
  Object.create(connected, { send: { value: send } })
