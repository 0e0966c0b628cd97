import { validationError } from './errors.ts'
import type { Tokens } from './tokens.ts'
import { type Item, isList, isMap, type Value } from './values.ts'

/** What an expression is evaluated on. */
export interface Scope {
  readonly item: Item
  readonly names: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, Value>>
}

export type Operand = (scope: Scope) => Value | undefined

/** A document path with its `#names` as they stand in the expression. */
export type Path = readonly (string | number)[]

/** The `#names` and `:values` that an expression mentions: DynamoDB refuses what is missing and what is not used. */
export type Mentions = Set<string>

export function parsePath(tokens: Tokens, mentions: Mentions): Path {
  const path: (string | number)[] = [nameOf(tokens, mentions)]
  for (;;) {
    if (tokens.take('.')) path.push(nameOf(tokens, mentions))
    else if (tokens.take('[')) {
      path.push(Number(tokens.next()))
      tokens.expect(']')
    } else return path
  }
}

function nameOf(tokens: Tokens, mentions: Mentions): string {
  const name = tokens.next()
  if (!/^#\w+$|^[A-Za-z_]\w*$/.test(name)) throw validationError(`Invalid expression: a name expected, not ${name}`)
  if (name.startsWith('#')) mentions.add(name)
  return name
}

/** `:value`, a path, or (in conditions) `size(path)`. */
export function parseOperand(tokens: Tokens, mentions: Mentions): Operand {
  if (tokens.peek() === 'size' && tokens.peek(1) === '(') {
    tokens.next()
    tokens.expect('(')
    const path = parsePath(tokens, mentions)
    tokens.expect(')')
    return (scope) => sizeOf(read(scope, path))
  }
  if (tokens.peek().startsWith(':')) return parseLiteral(tokens, mentions)
  const path = parsePath(tokens, mentions)
  return (scope) => read(scope, path)
}

export function parseLiteral(tokens: Tokens, mentions: Mentions): Operand {
  const name = tokens.next()
  mentions.add(name)
  return ({ values }) => values[name]
}

export const resolve = ({ names }: Pick<Scope, 'names'>, step: string | number): string | number =>
  typeof step === 'string' && step.startsWith('#') ? (names[step] ?? step) : step

export function read(scope: Scope, path: Path): Value | undefined {
  let value: Value | undefined = scope.item
  for (const step of path) {
    const key = resolve(scope, step)
    if (typeof key === 'number') value = isList(value) ? value[key] : undefined
    else value = isMap(value) ? value[key] : undefined
  }
  return value
}

function sizeOf(value: Value | undefined): number | undefined {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (isList(value)) return value.length
  return isMap(value) ? Object.keys(value).length : undefined
}
