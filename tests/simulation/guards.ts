import { PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { PaymentEvent } from '#functions/usecases/payment-provider.ts'
import type { Acts, MemoryProvider } from './provider.ts'

/** What stands between the use cases and the world; a control takes something away here. */
export interface Guards {
  /** What is sent to the database in place of a command. */
  readonly database: (command: object) => object
  /** What is told of the database's answer. */
  readonly answer: (command: object, answer: object) => object
  /** How a command is carried out. */
  readonly execute: (command: object, execute: (command: object) => object) => object
  readonly payments: (acts: Acts) => Acts
  /** What is told of the provider's news. */
  readonly news: (event: PaymentEvent, provider: MemoryProvider) => PaymentEvent
}

export const allGuards: Guards = {
  database: (command) => command,
  answer: (_, answer) => answer,
  execute: (command, execute) => execute(command),
  payments: (acts) => acts,
  news: (event) => event,
}

type Item = NonNullable<ConstructorParameters<typeof TransactWriteCommand>[0]['TransactItems']>[number]

/** A condition, or the part of it that matters, by the key of the item that it stands on and by its text. */
export interface ConditionName {
  readonly key: string
  readonly text: RegExp
}

/** Lets these conditions hold whatever the item says. */
export const withoutConditions =
  (...names: readonly ConditionName[]) =>
  (command: object): object => {
    if (command instanceof PutCommand) return new PutCommand(weakened(command.input, names))
    if (command instanceof UpdateCommand) return new UpdateCommand(weakened(command.input, names))
    if (!(command instanceof TransactWriteCommand)) return command
    const { TransactItems = [], ...input } = command.input
    return new TransactWriteCommand({ ...input, TransactItems: TransactItems.map((item) => weakenedItem(item, names)) })
  }

function weakenedItem(item: Item, names: readonly ConditionName[]): Item {
  if (item.Put) return { Put: weakened(item.Put, names) }
  if (item.Update) return { Update: weakened(item.Update, names) }
  if (item.Delete) return { Delete: weakened(item.Delete, names) }
  return item
}

interface Guarded {
  ConditionExpression?: string | undefined
  Key?: Record<string, unknown> | undefined
  Item?: Record<string, unknown> | undefined
}

function weakened<T extends Guarded>(write: T, names: readonly ConditionName[]): T {
  const { ConditionExpression: text, Key, Item } = write
  const pk = String((Key ?? Item)?.pk)
  if (text === undefined) return write
  const weak = names.reduce(
    (rest, name) => (pk.startsWith(name.key) ? rest.replace(name.text, '($& OR attribute_not_exists(never))') : rest),
    text,
  )
  return weak === text ? write : { ...write, ConditionExpression: weak }
}
