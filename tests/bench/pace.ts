/** Acts of so many workers, one after the other each. */
export const atOnce = 16
const roundMs = 1500

/** How often `act` is done in a second. */
export async function perSecond(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  let done = 0
  const work = async () => {
    for (; performance.now() - start < roundMs; done++) await act()
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return done / ((performance.now() - start) / 1000)
}

/**
 * Medians of rounds in which each takes its turn, so that a busy machine is busy for all. Each is warmed up first.
 *
 * @returns how often each was done in a second, and the median of each one's ratio to the first in its round.
 */
export async function inTurns(
  rounds: number,
  acts: readonly (() => Promise<unknown>)[],
): Promise<{ perSecond: number; ratio: number }[]> {
  for (const act of acts) await perSecond(act)
  const seen = acts.map(() => ({ rates: [] as number[], ratios: [] as number[] }))
  for (let round = 0; round < rounds; round++) {
    let first = 0
    for (const [at, act] of acts.entries()) {
      const rate = await perSecond(act)
      if (at === 0) first = rate
      seen[at]?.rates.push(rate)
      seen[at]?.ratios.push(rate / first)
    }
  }
  return seen.map(({ rates, ratios }) => ({ perSecond: median(rates), ratio: median(ratios) }))
}

export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

/** Does `act` for each item, by so many workers. */
export async function each<T>(items: readonly T[], workers: number, act: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = items.values()
  const work = async () => {
    for (const item of waiting) await act(item)
  }
  await Promise.all(Array.from({ length: workers }, work))
}
