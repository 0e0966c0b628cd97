import { BatchGetCommand } from '@aws-sdk/lib-dynamodb'

interface Half {
  readonly command: BatchGetCommand
  /** Names what was not asked for, as DynamoDB names what it did not come to. */
  readonly answer: (answer: object) => object
}

/** The part of a batch that DynamoDB does when it does not come to all of it. */
export function halfOf(command: object): Half | undefined {
  if (!(command instanceof BatchGetCommand)) return undefined
  const [[name, { Keys = [], ...how } = {}] = []] = Object.entries(command.input.RequestItems ?? {})
  if (name === undefined || Keys.length < 2) return undefined
  const done = Math.ceil(Keys.length / 2)
  return {
    command: new BatchGetCommand({ RequestItems: { [name]: { ...how, Keys: Keys.slice(0, done) } } }),
    answer: (answer) => ({ ...answer, UnprocessedKeys: { [name]: { ...how, Keys: Keys.slice(done) } } }),
  }
}
