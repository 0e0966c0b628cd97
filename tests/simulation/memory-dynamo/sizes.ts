import { type Item, isList, isMap, type Value } from './values.ts'

const known = new WeakMap<Item, number>()

/** Bytes as DynamoDB counts them. Items never change, so each is measured once. */
export function bytesOf(item: Item): number {
  const measured = known.get(item)
  if (measured !== undefined) return measured
  const bytes = bytesOfEntries(item)
  known.set(item, bytes)
  return bytes
}

const bytesOfEntries = (entries: Item): number =>
  Object.entries(entries).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + bytesOfValue(value), 0)

/** A list or a map bears three bytes, and one for each of its elements. */
function bytesOfValue(value: Value): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'number') return bytesOfNumber(value)
  if (isList(value)) return value.reduce<number>((sum, one) => sum + 1 + bytesOfValue(one), 3)
  if (isMap(value)) return 3 + Object.keys(value).length + bytesOfEntries(value)
  return 1
}

/** A byte, and one for two digits. */
const bytesOfNumber = (value: number): number => 1 + Math.ceil(String(Math.abs(value)).replace('.', '').length / 2)
