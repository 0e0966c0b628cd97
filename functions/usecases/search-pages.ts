export interface Searched<T> {
  read(limit: number, after?: string): Promise<readonly T[]>
  placeOf(one: T): string
  textsOf(one: T): readonly string[]
}

export interface Found<T> {
  readonly found: readonly T[]
  readonly cursor: string | null
}

const pageSize = 200
/** A search gives up for this time after so many; its cursor goes on from there. */
const maxLookedAt = 10_000

/** A page of what holds the search text in any of its texts, whatever its case and accents; without a text, of everything. */
export async function searchPages<T>(
  { read, placeOf, textsOf }: Searched<T>,
  query: { readonly limit: number; readonly cursor?: string | undefined; readonly search?: string | undefined },
): Promise<Found<T>> {
  const wanted = foldCase(query.search ?? '')
  const found: T[] = []
  let after = query.cursor
  for (let lookedAt = 0; lookedAt < maxLookedAt; ) {
    const size = wanted === '' ? query.limit : pageSize
    const page = await read(size, after)
    for (const one of page) {
      after = placeOf(one)
      if (textsOf(one).some((text) => foldCase(text).includes(wanted))) found.push(one)
      if (found.length === query.limit) return { found, cursor: after }
    }
    if (page.length < size) return { found, cursor: null }
    lookedAt += page.length
  }
  return { found, cursor: after ?? null }
}

const foldCase = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
