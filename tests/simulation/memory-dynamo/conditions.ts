import { validationError } from './errors.ts'
import { type Mentions, type Operand, parseOperand, parsePath, read, type Scope } from './operands.ts'
import { type Tokens, tokensOf } from './tokens.ts'
import { areEqual, compare, isList, type Value } from './values.ts'

export type Condition = (scope: Scope) => boolean

export interface ParsedCondition {
  readonly holds: Condition
  readonly mentions: Mentions
}

/** A condition, key condition or filter expression. */
export function parseCondition(expression: string): ParsedCondition {
  const mentions: Mentions = new Set()
  const tokens = tokensOf(expression)
  const holds = parseOr(tokens, mentions)
  if (!tokens.isAtEnd) throw validationError(`Invalid expression: ${tokens.peek()} is left over in ${expression}`)
  return { holds, mentions }
}

function parseOr(tokens: Tokens, mentions: Mentions): Condition {
  const parts = [parseAnd(tokens, mentions)]
  while (tokens.take('OR')) parts.push(parseAnd(tokens, mentions))
  return parts.length === 1 && parts[0] ? parts[0] : (scope) => parts.some((part) => part(scope))
}

function parseAnd(tokens: Tokens, mentions: Mentions): Condition {
  const parts = [parseNot(tokens, mentions)]
  while (tokens.take('AND')) parts.push(parseNot(tokens, mentions))
  return parts.length === 1 && parts[0] ? parts[0] : (scope) => parts.every((part) => part(scope))
}

function parseNot(tokens: Tokens, mentions: Mentions): Condition {
  if (!tokens.take('NOT')) return parsePrimary(tokens, mentions)
  const inner = parseNot(tokens, mentions)
  return (scope) => !inner(scope)
}

function parsePrimary(tokens: Tokens, mentions: Mentions): Condition {
  if (tokens.take('(')) {
    const inner = parseOr(tokens, mentions)
    tokens.expect(')')
    return inner
  }
  const name = tokens.peek()
  return tokens.peek(1) === '(' && name !== 'size' ? parseCall(tokens, mentions) : parseComparison(tokens, mentions)
}

function parseCall(tokens: Tokens, mentions: Mentions): Condition {
  const name = tokens.next()
  tokens.expect('(')
  const path = parsePath(tokens, mentions)
  const argument = tokens.take(',') ? parseOperand(tokens, mentions) : null
  tokens.expect(')')
  if (name === 'attribute_exists' && !argument) return (scope) => read(scope, path) !== undefined
  if (name === 'attribute_not_exists' && !argument) return (scope) => read(scope, path) === undefined
  if (name === 'begins_with' && argument) return (scope) => beginsWith(read(scope, path), argument(scope))
  if (name === 'contains' && argument) return (scope) => contains(read(scope, path), argument(scope))
  throw validationError(`Invalid expression: no function ${name} of these arguments`)
}

const beginsWith = (value: Value | undefined, start: Value | undefined): boolean =>
  typeof value === 'string' && typeof start === 'string' && value.startsWith(start)

const contains = (value: Value | undefined, part: Value | undefined): boolean =>
  (typeof value === 'string' && typeof part === 'string' && value.includes(part)) ||
  (isList(value) && value.some((element) => areEqual(element, part)))

const comparators: Readonly<Record<string, (one: Value | undefined, other: Value | undefined) => boolean>> = {
  '=': (one, other) => one !== undefined && areEqual(one, other),
  '<>': (one, other) => !(one !== undefined && areEqual(one, other)),
  '<': (one, other) => (compare(one, other) ?? 0) < 0,
  '<=': (one, other) => (compare(one, other) ?? 1) <= 0,
  '>': (one, other) => (compare(one, other) ?? 0) > 0,
  '>=': (one, other) => (compare(one, other) ?? -1) >= 0,
}

function parseComparison(tokens: Tokens, mentions: Mentions): Condition {
  const left = parseOperand(tokens, mentions)
  if (tokens.take('BETWEEN')) {
    const least = parseOperand(tokens, mentions)
    tokens.expect('AND')
    const most = parseOperand(tokens, mentions)
    return (scope) => (compare(left(scope), least(scope)) ?? -1) >= 0 && (compare(left(scope), most(scope)) ?? 1) <= 0
  }
  if (tokens.take('IN')) {
    const choices = parseList(tokens, mentions)
    return (scope) => {
      const value = left(scope)
      return value !== undefined && choices.some((choice) => areEqual(value, choice(scope)))
    }
  }
  const holds = comparators[tokens.next()]
  if (!holds) throw validationError('Invalid expression: a comparator expected')
  const right = parseOperand(tokens, mentions)
  return (scope) => holds(left(scope), right(scope))
}

function parseList(tokens: Tokens, mentions: Mentions): Operand[] {
  tokens.expect('(')
  const choices = [parseOperand(tokens, mentions)]
  while (tokens.take(',')) choices.push(parseOperand(tokens, mentions))
  tokens.expect(')')
  return choices
}
