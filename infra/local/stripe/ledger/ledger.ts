import { openJournal, readJournal } from './journal.ts'
import type { Records } from './records.ts'

type Table = keyof Records
type Batch = { changes: Change[]; undo: (() => void)[] }
type Tables = { readonly [K in Table]: ReadonlyMap<string, Records[K]> }
export type Change<K extends Table = Table> = { table: K; record: Records[K] }

/** Everything the simulator knows. Records are never edited in place: a change puts a new record in the old one's place. */
export type Ledger = Tables & {
  /** Applies all changes or, when the process dies, none; they are on disk when the outermost `batch` returns. */
  commit(...changes: Change[]): void
  /** Runs `work` and writes all that it commits as one journal line; when `work` or the disk fails, none of it has happened. */
  batch<T>(work: () => T): T
  /** Calls `listener` after changes were written. */
  onCommit(listener: (changes: Change[]) => void): void
  reset(): void
  close(): void
}

export const put = <K extends Table>(table: K, record: Records[K]): Change<K> => ({ table, record })

const newTables = (): { [K in Table]: Map<string, Records[K]> } => ({
  checkouts: new Map(),
  paymentIntents: new Map(),
  charges: new Map(),
  refunds: new Map(),
  balanceTransactions: new Map(),
  disputes: new Map(),
  events: new Map(),
  deliveries: new Map(),
  answers: new Map(),
  clock: new Map(),
})

/** Which records are carried over at a start; all of a table that is not named. */
export type Retention = { [K in Table]?: (record: Records[K]) => boolean }

/** Opens the ledger kept in `folder`, compacted to what `retention` keeps, or one in memory. */
export function openLedger(folder: string | undefined, retention: Retention = {}): Ledger {
  const tables = newTables()
  const listeners: ((changes: Change[]) => void)[] = []
  const state: { batched: Batch | null } = { batched: null }

  /** @returns what takes the change back. */
  function apply<K extends Table>({ table, record }: Change<K>): () => void {
    const before = tables[table].get(record.id)
    tables[table].set(record.id, record)
    return () => (before ? tables[table].set(record.id, before) : tables[table].delete(record.id))
  }

  function dropUnlessKept<K extends Table>({ table, record }: Change<K>) {
    if (retention[table]?.(record) === false) tables[table].delete(record.id)
  }

  for (const changes of folder ? readJournal<Change[]>(folder) : []) for (const change of changes) apply(change)
  for (const change of allChanges(tables)) dropUnlessKept(change)
  const journal = folder ? openJournal(folder) : null
  journal?.rewrite(allChanges(tables).map((change) => [change]))

  function commit(...changes: Change[]): void {
    const { batched } = state
    if (!batched) {
      batch(() => commit(...changes))
      return
    }
    for (const change of changes) {
      batched.changes.push(change)
      batched.undo.push(apply(change))
    }
  }

  function batch<T>(work: () => T): T {
    if (state.batched) return work()
    const batched: Batch = { changes: [], undo: [] }
    state.batched = batched
    const result = runOrUndo(work, batched)
    if (batched.changes.length > 0) for (const listener of listeners) listener(batched.changes)
    return result
  }

  function runOrUndo<T>(work: () => T, { changes, undo }: Batch): T {
    try {
      const result = work()
      if (changes.length > 0) journal?.append(changes)
      return result
    } catch (fault) {
      for (const takeBack of undo.reverse()) takeBack()
      throw fault
    } finally {
      state.batched = null
    }
  }

  return {
    ...tables,
    commit,
    batch,
    onCommit: (listener) => listeners.push(listener),
    reset() {
      for (const table of Object.values(tables)) table.clear()
      journal?.rewrite([])
    },
    close: () => journal?.close(),
  }
}

function allChanges(tables: Tables): Change[] {
  const changes: Change[] = []
  const collect = <K extends Table>(table: K, records: Tables[K]) => {
    for (const record of records.values()) changes.push({ table, record })
  }
  collect('checkouts', tables.checkouts)
  collect('paymentIntents', tables.paymentIntents)
  collect('charges', tables.charges)
  collect('refunds', tables.refunds)
  collect('balanceTransactions', tables.balanceTransactions)
  collect('disputes', tables.disputes)
  collect('events', tables.events)
  collect('deliveries', tables.deliveries)
  collect('answers', tables.answers)
  collect('clock', tables.clock)
  return changes
}
