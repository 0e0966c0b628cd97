import type { TableDefinition } from '#infra/tables.ts'
import { validationError } from './errors.ts'
import { areEqual, compareText, type Item } from './values.ts'

export interface StreamRecord {
  readonly tableName: string
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE'
  readonly oldImage: Item | undefined
  readonly newImage: Item | undefined
}

type KeyNames = Pick<TableDefinition, 'partitionKey' | 'sortKey'>

export type Table = ReturnType<typeof createTable>

/** Items of one table and where its indexes find them. */
export function createTable(tableName: string, definition: TableDefinition) {
  const items = new Map<string, Item>()
  const views = new Map([definition, ...definition.indexes].map((view) => [nameOf(view), partitionsOf(view)]))

  /** Where an item stands; refuses a key that is not exactly the table's two texts. */
  function place(key: Item): string {
    if (Object.keys(key).length !== 2) throw validationError('The provided key element does not match the schema')
    return placeOf(key)
  }

  function placeOf(item: Item): string {
    return `${keyText(item[definition.partitionKey])}\u0000${keyText(item[definition.sortKey])}`
  }

  /** Index keys may be absent, but not anything else than text. */
  function checkIndexKeys(item: Item): void {
    for (const index of definition.indexes)
      for (const name of [index.partitionKey, index.sortKey]) if (name in item) keyText(item[name])
  }

  /** @returns what a stream tells of it; null when nothing has changed. */
  function replace(at: string, newImage: Item | undefined): StreamRecord | null {
    const oldImage = items.get(at)
    if (areEqual(oldImage, newImage)) return null
    if (newImage) items.set(at, newImage)
    else items.delete(at)
    for (const view of views.values()) view.move(at, oldImage, newImage)
    const eventName = !oldImage ? 'INSERT' : newImage ? 'MODIFY' : 'REMOVE'
    return { tableName, eventName, oldImage, newImage }
  }

  /** Items of one partition in the order of their sort key, then of the table's own key. */
  function partition(indexName: string | undefined, hash: string): Item[] {
    const keys = keyNames(indexName)
    const found: Item[] = []
    for (const at of views.get(indexName ?? '')?.at(hash) ?? []) {
      const item = items.get(at)
      if (item) found.push(item)
    }
    return found.sort((one, other) => compareItems(keys, one, other))
  }

  function keyNames(indexName: string | undefined): KeyNames {
    const view = indexName === undefined ? definition : definition.indexes.find(({ name }) => name === indexName)
    if (!view) throw validationError(`The table does not have the specified index: ${indexName}`)
    return view
  }

  function compareItems({ sortKey }: KeyNames, one: Item, other: Item): number {
    return compareText(keyText(one[sortKey]), keyText(other[sortKey])) || compareText(placeOf(one), placeOf(other))
  }

  /** The key by which the next page begins after this item. */
  function lastKey(indexName: string | undefined, item: Item): Item {
    const view = keyNames(indexName)
    const names = new Set([definition.partitionKey, definition.sortKey, view.partitionKey, view.sortKey])
    return Object.fromEntries([...names].flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])))
  }

  return {
    tableName,
    definition,
    items,
    place,
    placeOf,
    checkIndexKeys,
    replace,
    partition,
    keyNames,
    compareItems,
    lastKey,
  }
}

const nameOf = (view: TableDefinition | TableDefinition['indexes'][number]): string =>
  'projection' in view ? view.name : ''

/** Which items stand in which partition; one without both keys stands in none. */
function partitionsOf({ partitionKey, sortKey }: KeyNames) {
  const partitions = new Map<string, Set<string>>()
  const hashOf = (item: Item | undefined) => {
    const hash = item?.[sortKey] === undefined ? undefined : item[partitionKey]
    return typeof hash === 'string' ? hash : undefined
  }
  return {
    at: (hash: string) => partitions.get(hash),
    move(at: string, before: Item | undefined, after: Item | undefined): void {
      const [from, to] = [hashOf(before), hashOf(after)]
      if (from === to) return
      if (from !== undefined) partitions.get(from)?.delete(at)
      if (to === undefined) return
      const partition = partitions.get(to)
      if (partition) partition.add(at)
      else partitions.set(to, new Set([at]))
    },
  }
}

function keyText(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value
  throw validationError('One or more parameter values were invalid: Type mismatch for key')
}
