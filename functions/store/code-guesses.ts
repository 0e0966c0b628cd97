import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { salesKeys } from './keys.ts'

/** In one minute, of one address. */
export interface GuessLimits {
  /** Codes that nobody knew. */
  readonly guesses: number
  /** Codes of all kinds: guesses that are made all at once are counted only when each has been answered. */
  readonly tries: number
}

/** How often an address names codes, and how often it was wrong. */
export function createCodeGuessStore(client: DynamoDBDocumentClient, tableName: string) {
  /** True while this address may name a code; counts this try. */
  async function mayTry(address: string, nowMs: number, most: GuessLimits): Promise<boolean> {
    try {
      await client.send(
        new UpdateCommand({
          ...counting(address, nowMs, 'tries'),
          ConditionExpression:
            '(attribute_not_exists(guesses) OR guesses < :guesses) AND (attribute_not_exists(tries) OR tries < :tries)',
          ExpressionAttributeValues: { ...counted(nowMs), ':guesses': most.guesses, ':tries': most.tries },
        }),
      )
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }

  /** The code that this address named is not known. */
  async function countGuess(address: string, nowMs: number): Promise<void> {
    await client.send(
      new UpdateCommand({ ...counting(address, nowMs, 'guesses'), ExpressionAttributeValues: counted(nowMs) }),
    )
  }

  const counting = (address: string, nowMs: number, what: 'tries' | 'guesses') => ({
    TableName: tableName,
    Key: salesKeys.guesses(address, minuteOf(nowMs)),
    UpdateExpression: `ADD ${what} :one SET expiresAt = :expiresAt`,
  })

  return { mayTry, countGuess }
}

const minuteOf = (nowMs: number): number => Math.floor(nowMs / 60_000)

const counted = (nowMs: number) => ({ ':one': 1, ':expiresAt': (minuteOf(nowMs) + 60) * 60 })
