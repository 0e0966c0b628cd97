import { validationError } from './errors.ts'
import {
  type Mentions,
  type Operand,
  type Path,
  parseLiteral,
  parseOperand,
  parsePath,
  read,
  resolve,
  type Scope,
} from './operands.ts'
import { type Tokens, tokensOf } from './tokens.ts'
import { type Item, isList, isMap, type Value } from './values.ts'

/** What an update makes of an item; every operand is read from the item as it was before. */
export interface ParsedUpdate {
  readonly apply: (scope: Scope) => Item
  /** First steps of the paths that are written. */
  readonly written: readonly string[]
  readonly mentions: Mentions
}

type Action = { readonly path: Path; readonly value: (scope: Scope) => Value | undefined }

/** Thrown while an update is applied: in a transaction it becomes a cancellation reason. */
export class UpdateImpossible extends Error {}

export function parseUpdate(expression: string): ParsedUpdate {
  const mentions: Mentions = new Set()
  const tokens = tokensOf(expression)
  const actions: Action[] = []
  const seen = new Set<string>()
  while (!tokens.isAtEnd) {
    const clause = tokens.next().toUpperCase()
    const parse = clauses[clause]
    if (!parse || seen.has(clause)) throw validationError(`Invalid UpdateExpression: ${clause} in ${expression}`)
    seen.add(clause)
    do actions.push(parse(tokens, mentions))
    while (tokens.take(','))
  }
  const written = actions.map(({ path }) => String(path[0]))
  const apply = (scope: Scope) => {
    const results = actions.map(({ path, value }) => ({ path, value: value(scope) }))
    return results.reduce((item, { path, value }) => Object.freeze(write(item, scope, path, value)), scope.item)
  }
  return { apply, written, mentions }
}

const clauses: Readonly<Record<string, (tokens: Tokens, mentions: Mentions) => Action>> = {
  SET(tokens, mentions) {
    const path = parsePath(tokens, mentions)
    tokens.expect('=')
    const left = parseSetOperand(tokens, mentions)
    if (tokens.take('+')) return { path, value: sum(left, parseSetOperand(tokens, mentions), 1) }
    if (tokens.take('-')) return { path, value: sum(left, parseSetOperand(tokens, mentions), -1) }
    return { path, value: (scope) => present(left(scope)) }
  },
  REMOVE: (tokens, mentions) => ({ path: parsePath(tokens, mentions), value: () => undefined }),
  ADD(tokens, mentions) {
    const path = parsePath(tokens, mentions)
    const more = parseLiteral(tokens, mentions)
    return { path, value: (scope) => number(read(scope, path) ?? 0) + number(more(scope)) }
  },
}

function parseSetOperand(tokens: Tokens, mentions: Mentions): Operand {
  if (tokens.peek() !== 'if_not_exists') return parseOperand(tokens, mentions)
  tokens.next()
  tokens.expect('(')
  const path = parsePath(tokens, mentions)
  tokens.expect(',')
  const otherwise = parseSetOperand(tokens, mentions)
  tokens.expect(')')
  return (scope) => read(scope, path) ?? otherwise(scope)
}

const sum = (left: Operand, right: Operand, sign: 1 | -1) => (scope: Scope) =>
  number(present(left(scope))) + sign * number(present(right(scope)))

function present(value: Value | undefined): Value {
  if (value !== undefined) return value
  throw new UpdateImpossible('The provided expression refers to an attribute that does not exist in the item')
}

function number(value: Value | undefined): number {
  if (typeof value === 'number') return value
  throw new UpdateImpossible('An operand in the update expression has an incorrect data type')
}

function write(item: Item, scope: Scope, path: Path, value: Value | undefined): Item {
  const [first = '', ...rest] = path.map((step) => resolve(scope, step))
  const changed = put(item, [first, ...rest], value)
  if (!isMap(changed)) throw new TypeError('an item is a map')
  return changed
}

function put(
  container: Value | undefined,
  [key = '', ...rest]: readonly (string | number)[],
  value: Value | undefined,
): Value {
  if (isMap(container) && typeof key === 'string') {
    const { [key]: old, ...others } = container
    const inner = rest.length > 0 ? put(old, rest, value) : value
    return inner === undefined ? others : { ...container, [key]: inner }
  }
  if (isList(container) && typeof key === 'number') {
    const old = container[key]
    const inner = rest.length > 0 ? put(old, rest, value) : value
    if (inner === undefined) return container.filter((_, at) => at !== key)
    return old === undefined ? [...container, inner] : container.with(key, inner)
  }
  throw new UpdateImpossible('The document path provided in the update expression is invalid for update')
}
