import {
  type CancellationReason,
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  IdempotentParameterMismatchException,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { Item } from './values.ts'

const $metadata = {}

export const validationError = (message: string) =>
  new DynamoDBServiceException({ name: 'ValidationException', $fault: 'client', $metadata, message })

const rawItem = (item: Item | undefined) => (item ? { Item: marshall(item) } : {})

export const conditionFailed = (item?: Item) =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata, ...rawItem(item) })

export type Reason = 'None' | 'ConditionalCheckFailed' | 'ValidationError' | 'TransactionConflict' | 'ThrottlingError'

export function transactionCancelled(reasons: readonly { readonly code: Reason; readonly item?: Item | undefined }[]) {
  const codes = reasons.map(({ code }) => code)
  return new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    $metadata,
    CancellationReasons: reasons.map(
      ({ code, item }): CancellationReason => ({
        Code: code,
        ...(code === 'ConditionalCheckFailed' ? { Message: 'The conditional request failed' } : {}),
        ...rawItem(item),
      }),
    ),
  })
}

export const tokenReused = () =>
  new IdempotentParameterMismatchException({ message: 'The token was used for another transaction', $metadata })

/** A write of one item that is part of somebody's transaction at this moment. */
export const transactionConflict = () =>
  new TransactionConflictException({ message: 'Transaction is ongoing for the item', $metadata })

export const throttled = () =>
  new ProvisionedThroughputExceededException({ message: 'The level of throughput was exceeded', $metadata })

export const internalError = () =>
  new DynamoDBServiceException({
    name: 'InternalServerError',
    $fault: 'server',
    $metadata,
    message: 'Internal server error',
  })
