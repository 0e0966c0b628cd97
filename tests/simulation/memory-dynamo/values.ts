/** What an attribute holds here: DynamoDB's types without sets and binary, which our stores do not use. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value }

export type Item = { readonly [name: string]: Value }

/** A deep, frozen copy as the document client would store it: `undefined` is left out. */
export function toValue(input: unknown): Value {
  if (typeof input === 'string' || typeof input === 'boolean' || input === null) return input
  if (typeof input === 'number' && Number.isFinite(input)) return input
  if (Array.isArray(input)) return Object.freeze(input.map(toValue))
  if (typeof input === 'object' && isPlain(input)) return toItem(input)
  throw new TypeError(`not emulated: an attribute that holds ${String(input)}`)
}

export function toItem(input: object): Item {
  const copy: Record<string, Value> = {}
  for (const [name, value] of Object.entries(input)) if (value !== undefined) copy[name] = toValue(value)
  return Object.freeze(copy)
}

const isPlain = (input: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(input)
  return prototype === Object.prototype || prototype === null
}

export type TypeName = 'S' | 'N' | 'BOOL' | 'NULL' | 'L' | 'M'

export function typeOf(value: Value): TypeName {
  if (value === null) return 'NULL'
  if (Array.isArray(value)) return 'L'
  if (typeof value === 'string') return 'S'
  if (typeof value === 'number') return 'N'
  return typeof value === 'boolean' ? 'BOOL' : 'M'
}

export function isMap(value: Value | undefined): value is { readonly [name: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}

export function areEqual(one: Value | undefined, other: Value | undefined): boolean {
  if (one === other) return true
  if (isList(one) && isList(other))
    return one.length === other.length && one.every((value, at) => areEqual(value, other[at]))
  if (!isMap(one) || !isMap(other)) return false
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => areEqual(one[name], other[name]))
}

/** Negative, zero or positive as text and numbers are ordered; null for values that have no order between them. */
export function compare(one: Value | undefined, other: Value | undefined): number | null {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one === 'string' && typeof other === 'string') return compareText(one, other)
  return null
}

/** By UTF-8 bytes, which is code units but for surrogates. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0
  const isPlainText = !surrogate.test(one) && !surrogate.test(other)
  if (isPlainText) return one < other ? -1 : 1
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

const surrogate = /[\ud800-\udfff]/
