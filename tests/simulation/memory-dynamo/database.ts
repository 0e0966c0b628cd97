import {
  BatchGetCommand,
  type BatchGetCommandInput,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  type TransactGetCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import type { TableDefinition } from '#infra/tables.ts'
import { conditionFailed, tokenReused, transactionCancelled, validationError } from './errors.ts'
import { query } from './reads.ts'
import { createTable, type StreamRecord, type Table } from './table.ts'
import { areEqual, type Item, toItem, toValue } from './values.ts'
import { type PlannedWrite, type PreparedWrite, prepareWrite, type WriteInput, type WriteKind } from './writes.ts'

export type MemoryDynamo = ReturnType<typeof createMemoryDynamo>

/** DynamoDB as our stores see it, in this process and without time: each command is done when `execute` returns. */
export function createMemoryDynamo(
  definitions: readonly TableDefinition[],
  options: { prefix?: string; onCommit?: (records: readonly StreamRecord[]) => void } = {},
) {
  const { prefix = '', onCommit = () => undefined } = options
  const tables = new Map(definitions.map((one) => [prefix + one.name, createTable(prefix + one.name, one)]))
  const done = new Map<string, unknown>()

  function tableOf(name: string | undefined): Table {
    const table = tables.get(name ?? '')
    if (!table) throw validationError(`Requested resource not found: ${name}`)
    return table
  }

  /** @throws the SDK's own errors, and a TypeError for what is not emulated. */
  function execute(command: object): object {
    if (command instanceof GetCommand) {
      const { TableName, Key = {} } = onlyKnown(command.input, ['TableName', 'Key', 'ConsistentRead'])
      const table = tableOf(TableName)
      const Item = table.items.get(table.place(toItem(Key)))
      return Item ? { Item } : {}
    }
    if (command instanceof BatchGetCommand) return batchGet(command.input)
    if (command instanceof QueryCommand)
      return query(onlyKnown(command.input, queryInputs), tableOf(command.input.TableName))
    if (command instanceof PutCommand) return write('Put', command.input)
    if (command instanceof UpdateCommand) return write('Update', command.input)
    if (command instanceof DeleteCommand) return write('Delete', command.input)
    if (command instanceof TransactWriteCommand) return transactWrite(command.input)
    if (command instanceof TransactGetCommand) return transactGet(command.input)
    throw new TypeError(`not emulated: ${command.constructor.name}`)
  }

  function transactGet({ TransactItems = [], ...others }: TransactGetCommandInput): object {
    onlyKnown(others, [])
    if (TransactItems.length < 1 || TransactItems.length > 100) throw validationError('1 to 100 items in a transaction')
    const Responses = TransactItems.map(({ Get = { TableName: undefined, Key: {} } }) => {
      const table = tableOf(Get.TableName)
      const Item = table.items.get(table.place(toItem(Get.Key ?? {})))
      return Item ? { Item } : {}
    })
    return { Responses }
  }

  function batchGet({ RequestItems = {} }: BatchGetCommandInput): object {
    const all = Object.entries(RequestItems).map(([name, { Keys = [] }]) => {
      const table = tableOf(name)
      const places = Keys.map((key) => table.place(toItem(key)))
      if (new Set(places).size < places.length) throw validationError('Provided list of item keys contains duplicates')
      return [name, places.flatMap((at) => table.items.get(at) ?? [])] as const
    })
    const wanted = Object.values(RequestItems).reduce((sum, { Keys = [] }) => sum + Keys.length, 0)
    if (wanted < 1 || wanted > 100) throw validationError('Between 1 and 100 keys can be asked for at once')
    return { Responses: Object.fromEntries(all), UnprocessedKeys: {} }
  }

  function write(kind: WriteKind, input: WriteInput & { ReturnValues?: string | undefined }): object {
    const prepared = prepareWrite(kind, onlyKnown(input, [...writeInputs, 'ReturnValues']), tableOf(input.TableName))
    const planned = prepared.plan()
    if (planned.code === 'ConditionalCheckFailed')
      throw conditionFailed(prepared.returnsOld ? planned.before : undefined)
    if (planned.code === 'ValidationError') throw validationError(planned.message)
    commit([{ prepared, planned }])
    return returned(input.ReturnValues, planned)
  }

  function transactWrite({
    TransactItems = [],
    ClientRequestToken: token,
    ...others
  }: TransactWriteCommandInput): object {
    onlyKnown(others, [])
    if (TransactItems.length < 1 || TransactItems.length > 100) throw validationError('1 to 100 items in a transaction')
    if (token !== undefined && done.has(token)) {
      if (areEqual(toValue(done.get(token)), toValue(TransactItems))) return {}
      throw tokenReused()
    }
    const prepared = TransactItems.map((item) => {
      const { kind, input } = writeIn(item)
      return prepareWrite(kind, onlyKnown(input, writeInputs), tableOf(input.TableName))
    })
    if (new Set(prepared.map(({ table, at }) => `${table.tableName} ${at}`)).size < prepared.length)
      throw validationError('Transaction request cannot include multiple operations on one item')
    const planned = prepared.map((one) => ({ prepared: one, planned: one.plan() }))
    if (planned.some((one) => one.planned.code !== 'None'))
      throw transactionCancelled(
        planned.map(({ prepared: { returnsOld }, planned: { code, before } }) => ({
          code,
          item: code === 'ConditionalCheckFailed' && returnsOld ? before : undefined,
        })),
      )
    commit(planned)
    if (token !== undefined) done.set(token, TransactItems)
    return {}
  }

  function commit(writes: readonly { prepared: PreparedWrite; planned: PlannedWrite }[]): void {
    const records = writes.flatMap(({ prepared: { table, at }, planned }) => table.replace(at, planned.after) ?? [])
    if (records.length > 0) onCommit(records)
  }

  const itemsOf = (tableName: string): Item[] => [...tableOf(tableName).items.values()]

  const has = (tableName: string, key: Item): boolean => {
    const table = tableOf(tableName)
    return table.items.has(table.place(key))
  }

  return { execute, itemsOf, has }
}

const queryInputs = [
  ...['TableName', 'IndexName', 'ConsistentRead', 'KeyConditionExpression', 'FilterExpression', 'Limit'],
  ...['ExpressionAttributeNames', 'ExpressionAttributeValues', 'ScanIndexForward', 'ExclusiveStartKey'],
]

const writeInputs = [
  ...['TableName', 'Item', 'Key', 'UpdateExpression', 'ConditionExpression'],
  ...['ExpressionAttributeNames', 'ExpressionAttributeValues', 'ReturnValuesOnConditionCheckFailure'],
]

/** What is not emulated must not be overlooked. */
function onlyKnown<T extends object>(input: T, known: readonly string[]): T {
  for (const name of Object.keys(input)) if (!known.includes(name)) throw new TypeError(`not emulated: ${name}`)
  return input
}

function writeIn({
  Put,
  Update,
  Delete,
  ConditionCheck,
}: NonNullable<TransactWriteCommandInput['TransactItems']>[number]): {
  kind: WriteKind
  input: WriteInput
} {
  if (Put) return { kind: 'Put', input: Put }
  if (Update) return { kind: 'Update', input: Update }
  if (Delete) return { kind: 'Delete', input: Delete }
  if (ConditionCheck) return { kind: 'ConditionCheck', input: ConditionCheck }
  throw validationError('A transaction item needs one operation')
}

function returned(asked: string | undefined, { before, after }: PlannedWrite): object {
  if (asked === undefined || asked === 'NONE') return {}
  if (asked === 'ALL_OLD') return before ? { Attributes: before } : {}
  if (asked === 'ALL_NEW') return { Attributes: after }
  throw new TypeError(`not emulated: ReturnValues ${asked}`)
}
