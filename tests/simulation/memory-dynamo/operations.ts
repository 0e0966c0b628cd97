import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import fc from 'fast-check'

/** Random operations of the shapes that our stores use, on few keys, so that they meet. */
export interface Names {
  readonly table: string
  /** Stands before every partition key, so that runs share a table and no data. */
  readonly run: string
}

export type Operation = (names: Names) => object

type Words = { names: Record<string, string>; values: Record<string, unknown> }
interface Expression extends Words {
  readonly text: string
}

const key = fc.record({ pk: fc.constantFrom('A', 'B'), sk: fc.constantFrom('1', '2', '3') })
type Key = { pk: string; sk: string }
const keyIn = ({ run }: Names, { pk, sk }: Key) => ({ pk: `${run}${pk}`, sk })

const text = fc.constantFrom('', 'a', 'ab', 'b', 'é')
const amount = fc.integer({ min: -3, max: 3 })
const scalar = fc.oneof(text, amount, fc.boolean(), fc.constant(null))
const anyValue = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), fc.record({ x: scalar, y: amount }))

const attributes = fc.record(
  { n: amount, s: text, v: anyValue, m: fc.record({ x: scalar, y: amount }), l: fc.array(scalar, { maxLength: 2 }) },
  { requiredKeys: [] },
)
const indexed = fc.option(fc.record({ eventKey: fc.constantFrom('E', 'F'), sort: fc.constantFrom('a', 'b') }))

/** Unique sort keys: the order of equal ones is nobody's promise. */
const indexKeys = (names: Names, at: Key, index: { eventKey: string; sort: string } | null) =>
  index ? { eventKey: `${names.run}${index.eventKey}`, eventSort: `${index.sort}#${at.pk}${at.sk}` } : {}

const literal = (value: unknown): fc.Arbitrary<Words> => fc.constant({ names: {}, values: { ':a': value } })

const condition = (make: (words: Words) => string, words: fc.Arbitrary<Words>): fc.Arbitrary<Expression> =>
  words.map((some) => ({ ...some, text: make(some) }))

const path = fc.constantFrom('n', 's', 'v', 'm', 'l', 'm.x', 'm.y', 'l[0]', 'pk', 'gone')
const ordered = fc.oneof(text, amount)
const named = fc.constantFrom('n', 's', 'v')

const simpleCondition: fc.Arbitrary<Expression> = fc.oneof(
  fc.tuple(fc.constantFrom('attribute_exists', 'attribute_not_exists'), path).map(([call, at]) => ({
    text: `${call}(${at})`,
    names: {},
    values: {},
  })),
  fc.tuple(path, fc.constantFrom('=', '<>'), anyValue).map(([at, sign, value]) => ({
    text: `${at} ${sign} :a`,
    names: {},
    values: { ':a': value },
  })),
  fc.tuple(named, fc.constantFrom('=', '<>', '<', '<=', '>', '>='), ordered).map(([at, sign, value]) => ({
    text: `#a ${sign} :a`,
    names: { '#a': at },
    values: { ':a': value },
  })),
  fc.tuple(path, amount, amount).map(([at, one, other]) => ({
    text: `${at} BETWEEN :a AND :b`,
    names: {},
    values: { ':a': Math.min(one, other), ':b': Math.max(one, other) },
  })),
  fc.tuple(path, scalar, anyValue).map(([at, one, other]) => ({
    text: `${at} IN (:a, :b)`,
    names: {},
    values: { ':a': one, ':b': other },
  })),
  fc.tuple(fc.constantFrom('begins_with', 'contains'), path, text).map(([call, at, start]) => ({
    text: `${call}(${at}, :a)`,
    names: {},
    values: { ':a': start },
  })),
  fc.tuple(fc.constantFrom('l', 'pk', 'gone'), fc.integer({ min: 0, max: 3 })).map(([at, size]) => ({
    text: `size(${at}) >= :a`,
    names: {},
    values: { ':a': size },
  })),
  condition(() => 'n <= :a AND :a >= n', literal(1)),
)

/** The second one's names and values get other names, as both stand in one expression. */
const renamed = ({ text, names, values }: Expression): Expression => {
  const rename = (word: string) => word.replace(/^([#:])([ab])$/, '$1$2$2')
  return {
    text: text.replace(/([#:])([ab])\b/g, '$1$2$2'),
    names: Object.fromEntries(Object.entries(names).map(([name, value]) => [rename(name), value])),
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [rename(name), value])),
  }
}

const anyCondition: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 4, arbitrary: simpleCondition },
  {
    weight: 2,
    arbitrary: fc
      .tuple(simpleCondition, fc.constantFrom('AND', 'OR', 'AND NOT', 'OR NOT'), simpleCondition.map(renamed))
      .map(([one, word, other]) => ({
        text: `(${one.text}) ${word} (${other.text})`,
        names: { ...one.names, ...other.names },
        values: { ...one.values, ...other.values },
      })),
  },
  { weight: 1, arbitrary: simpleCondition.map((one) => ({ ...one, text: `NOT (${one.text})` })) },
)

const update: fc.Arbitrary<Expression> = fc.oneof(
  fc.tuple(fc.constantFrom('n', 's', 'v', 'm', 'fresh', 'm.x', 'pk'), anyValue).map(([at, value]) => ({
    text: `SET ${at} = :u`,
    names: {},
    values: { ':u': value },
  })),
  fc.tuple(fc.constantFrom('n', 'v', 'm.y'), fc.constantFrom('+', '-'), amount).map(([at, sign, more]) => ({
    text: `SET ${at} = ${at} ${sign} :u, twin = n`,
    names: {},
    values: { ':u': more },
  })),
  amount.map((more) => ({
    text: 'SET #u = if_not_exists(#u, :zero) + :u',
    names: { '#u': 'n' },
    values: { ':zero': 0, ':u': more },
  })),
  fc.tuple(named, amount).map(([at, more]) => ({
    text: 'ADD #u :u, visits :u',
    names: { '#u': at },
    values: { ':u': more },
  })),
  named.map((at) => ({ text: `REMOVE #u, gone`, names: { '#u': at }, values: {} })),
  amount.map((value) => ({ text: 'SET n = :u REMOVE eventKey', names: {}, values: { ':u': value } })),
  text.map((value) => ({ text: 'SET eventKey = :u', names: {}, values: { ':u': value } })),
)

const requestWords = (...expressions: readonly (Expression | null)[]) => {
  const names = Object.assign({}, ...expressions.map((one) => one?.names ?? {}))
  const values = Object.assign({}, ...expressions.map((one) => one?.values ?? {}))
  return {
    ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  }
}

interface Parts {
  readonly at: Key
  readonly guard: Expression | null
  readonly returnsOld: boolean
}

const guarded = ({ guard, returnsOld }: Parts) => ({
  ...(guard ? { ConditionExpression: guard.text } : {}),
  ...(returnsOld ? { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const } : {}),
})

const parts = fc.record({ at: key, guard: fc.option(anyCondition), returnsOld: fc.boolean() })

const put = fc.tuple(parts, attributes, indexed).map(([some, values, index]) => (names: Names, at = some.at) => ({
  TableName: names.table,
  Item: { ...values, ...indexKeys(names, at, index), ...keyIn(names, at) },
  ...guarded(some),
  ...requestWords(some.guard),
}))

const change = fc.tuple(parts, update).map(([some, expression]) => (names: Names, at = some.at) => ({
  TableName: names.table,
  Key: keyIn(names, at),
  UpdateExpression: expression.text,
  ...guarded(some),
  ...requestWords(some.guard, expression),
}))

const remove = parts.map((some) => (names: Names, at = some.at) => ({
  TableName: names.table,
  Key: keyIn(names, at),
  ...guarded(some),
  ...requestWords(some.guard),
}))

const check = fc.tuple(parts, anyCondition).map(([some, guard]) => (names: Names, at = some.at) => ({
  TableName: names.table,
  Key: keyIn(names, at),
  ...guarded(some),
  ConditionExpression: guard.text,
  ...requestWords(guard),
}))

/** One operation an item: for more, DynamoDB Local refuses sometimes the request and sometimes the condition. */
const transactItem = fc.oneof(
  fc.tuple(parts, put).map(([{ at }, make]) => ({ at, make: (names: Names) => ({ Put: make(names, at) }) })),
  fc.tuple(parts, change).map(([{ at }, make]) => ({ at, make: (names: Names) => ({ Update: make(names, at) }) })),
  fc.tuple(parts, remove).map(([{ at }, make]) => ({ at, make: (names: Names) => ({ Delete: make(names, at) }) })),
  fc
    .tuple(parts, check)
    .map(([{ at }, make]) => ({ at, make: (names: Names) => ({ ConditionCheck: make(names, at) }) })),
)

const transaction = fc
  .tuple(
    fc.uniqueArray(transactItem, { minLength: 1, maxLength: 4, selector: ({ at }) => `${at.pk}${at.sk}` }),
    fc.option(fc.constantFrom('one', 'two')),
  )
  .map(([items, token]): Operation => {
    return (names) =>
      new TransactWriteCommand({
        TransactItems: items.map(({ make }) => make(names)),
        ...(token ? { ClientRequestToken: `${names.run}${token}` } : {}),
      })
  })

const sortCondition = fc.oneof(
  fc.constantFrom('=', '<', '<=', '>', '>=').chain((sign) =>
    fc.constantFrom('1', '2', 'a', 'a#A2', 'b').map((value) => ({
      text: (sort: string) => ` AND ${sort} ${sign} :from`,
      values: { ':from': value },
    })),
  ),
  fc.constant({ text: (sort: string) => ` AND ${sort} BETWEEN :from AND :to`, values: { ':from': '2', ':to': 'b' } }),
  fc.constant({ text: (sort: string) => ` AND begins_with(${sort}, :from)`, values: { ':from': 'a#' } }),
  fc.constant({ text: () => '', values: {} }),
)

const query = fc
  .record({
    hash: fc.constantFrom('A', 'B', 'E', 'F'),
    sort: sortCondition,
    isForward: fc.boolean(),
    limit: fc.option(fc.integer({ min: 1, max: 3 })),
    start: fc.option(key),
  })
  .map(({ hash, sort, isForward, limit, start }): Operation => {
    return (names) => {
      const isIndex = hash === 'E' || hash === 'F'
      const isWhole = sort.text('') === ''
      const startKey = isWhole &&
        start && {
          ...keyIn(names, isIndex ? start : { ...start, pk: hash }),
          ...(isIndex ? indexKeys(names, start, { eventKey: hash, sort: 'a' }) : {}),
        }
      return new QueryCommand({
        TableName: names.table,
        ...(isIndex ? { IndexName: 'byEvent' } : { ConsistentRead: true }),
        KeyConditionExpression: `${isIndex ? 'eventKey' : 'pk'} = :hash${sort.text(isIndex ? 'eventSort' : 'sk')}`,
        ExpressionAttributeValues: { ':hash': `${names.run}${hash}`, ...sort.values },
        ScanIndexForward: isForward,
        ...(limit ? { Limit: limit } : {}),
        ...(startKey ? { ExclusiveStartKey: startKey } : {}),
      })
    }
  })

const get = key.map(
  (at): Operation =>
    (names) => {
      return new GetCommand({ TableName: names.table, Key: keyIn(names, at), ConsistentRead: true })
    },
)

const batchGet = fc.array(key, { minLength: 1, maxLength: 4 }).map((keys): Operation => {
  return (names) =>
    new BatchGetCommand({ RequestItems: { [names.table]: { Keys: keys.map((at) => keyIn(names, at)) } } })
})

const transactGet = fc.uniqueArray(key, { minLength: 1, maxLength: 3, selector: ({ pk, sk }) => pk + sk }).map(
  (keys): Operation =>
    (names) =>
      new TransactGetCommand({
        TransactItems: keys.map((at) => ({ Get: { TableName: names.table, Key: keyIn(names, at) } })),
      }),
)

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 3,
    arbitrary: put.map(
      (make): Operation =>
        (names) =>
          new PutCommand(make(names)),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(change, fc.constantFrom('NONE', 'ALL_OLD', 'ALL_NEW')).map(
      ([make, ReturnValues]): Operation =>
        (names) =>
          new UpdateCommand({ ...make(names), ReturnValues }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(remove, fc.constantFrom('NONE', 'ALL_OLD')).map(
      ([make, ReturnValues]): Operation =>
        (names) =>
          new DeleteCommand({ ...make(names), ReturnValues }),
    ),
  },
  { weight: 5, arbitrary: transaction },
  { weight: 3, arbitrary: query },
  { weight: 1, arbitrary: get },
  { weight: 1, arbitrary: batchGet },
  { weight: 1, arbitrary: transactGet },
)

export const readAll = (names: Names): Operation[] =>
  ['A', 'B'].map(
    (pk) => () =>
      new QueryCommand({
        TableName: names.table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `${names.run}${pk}` },
      }),
  )
