import { type ParsedCondition, parseCondition } from './conditions.ts'
import { type Reason, validationError } from './errors.ts'
import type { Mentions, Scope } from './operands.ts'
import type { Table } from './table.ts'
import { type ParsedUpdate, parseUpdate, UpdateImpossible } from './updates.ts'
import { type Item, toItem } from './values.ts'

export interface WriteInput {
  readonly TableName: string | undefined
  readonly Item?: object | undefined
  readonly Key?: object | undefined
  readonly UpdateExpression?: string | undefined
  readonly ConditionExpression?: string | undefined
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined
  readonly ExpressionAttributeValues?: object | undefined
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined
}

export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck'

/** What a write would do at this moment. */
export interface PlannedWrite {
  readonly code: Extract<Reason, 'None' | 'ConditionalCheckFailed' | 'ValidationError'>
  readonly message: string
  readonly before: Item | undefined
  readonly after: Item | undefined
}

export interface PreparedWrite {
  readonly table: Table
  readonly at: string
  readonly returnsOld: boolean
  readonly plan: () => PlannedWrite
}

const conditions = new Map<string, ParsedCondition>()
const updates = new Map<string, ParsedUpdate>()

/** An expression says the same each time, so it is read once. */
export const conditionOf = (expression: string) => remembered(conditions, expression, parseCondition)
const updateOf = (expression: string) => remembered(updates, expression, parseUpdate)

function remembered<T>(known: Map<string, T>, expression: string, parse: (expression: string) => T): T {
  const found = known.get(expression)
  if (found) return found
  const parsed = parse(expression)
  known.set(expression, parsed)
  return parsed
}

/** Checks all that can be known without the item; the item is looked at by `plan`. */
export function prepareWrite(kind: WriteKind, input: WriteInput, table: Table): PreparedWrite {
  const condition = input.ConditionExpression === undefined ? null : conditionOf(input.ConditionExpression)
  const update = input.UpdateExpression === undefined ? null : updateOf(input.UpdateExpression)
  const words = wordsOf(input, [condition?.mentions, update?.mentions])
  const item = kind === 'Put' ? toItem(input.Item ?? {}) : undefined
  const key = item ?? toItem(input.Key ?? {})
  const at = item ? table.placeOf(item) : table.place(key)
  if (item) table.checkIndexKeys(item)

  function plan(): PlannedWrite {
    const before = table.items.get(at)
    if (condition && !condition.holds({ ...words, item: before ?? {} }))
      return { before, after: before, code: 'ConditionalCheckFailed', message: '' }
    try {
      return { before, after: changed(before), code: 'None', message: '' }
    } catch (error) {
      if (!(error instanceof UpdateImpossible)) throw error
      return { before, after: before, code: 'ValidationError', message: error.message }
    }
  }

  function changed(before: Item | undefined): Item | undefined {
    if (kind === 'ConditionCheck') return before
    if (kind === 'Delete') return undefined
    if (item) return item
    if (update) checkKeysStay(table, update, words)
    const base = { ...words, item: before ?? key }
    const after = update ? update.apply(base) : base.item
    table.checkIndexKeys(after)
    return after
  }

  return { table, at, returnsOld: input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD', plan }
}

type Words = Pick<Scope, 'names' | 'values'>

/** Names and values of a request; each must be used, and nothing else. */
export function wordsOf(
  input: Pick<WriteInput, 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>,
  mentions: readonly (Mentions | undefined)[],
): Words {
  const names = input.ExpressionAttributeNames ?? {}
  const values = toItem(input.ExpressionAttributeValues ?? {})
  const given = [...Object.keys(names), ...Object.keys(values)]
  const used = new Set(mentions.flatMap((some) => [...(some ?? [])]))
  for (const word of used)
    if (!given.includes(word))
      throw validationError(`An expression attribute used in expression is not defined: ${word}`)
  for (const word of given)
    if (!used.has(word)) throw validationError(`Value or name provided is unused in expressions: ${word}`)
  return { names, values }
}

function checkKeysStay({ definition }: Table, { written }: ParsedUpdate, { names }: Words): void {
  for (const name of written.map((word) => names[word] ?? word))
    if (name === definition.partitionKey || name === definition.sortKey)
      throw new UpdateImpossible(`Cannot update attribute ${name}. This attribute is part of the key`)
}
