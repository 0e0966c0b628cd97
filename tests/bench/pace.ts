/** Acts of so many workers, one after the other each. */
export const atOnce = 16
const warmUpMs = 1500
/** Short, so that whatever else the machine does falls on all alike. */
const turnMs = 400

/** How often `act` is done in a second. */
export async function perSecond(act: () => Promise<unknown>, ms = warmUpMs): Promise<number> {
  const start = performance.now()
  let done = 0
  const work = async () => {
    for (; performance.now() - start < ms; done++) await act()
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return done / ((performance.now() - start) / 1000)
}

/**
 * Medians of rounds in which each act has its turn, forwards and backwards by turns. Each is warmed up first.
 *
 * @returns how often each was done in a second, and the median of each one's ratio to the first in its round.
 */
export async function inTurns(
  rounds: number,
  acts: readonly (() => Promise<unknown>)[],
): Promise<{ perSecond: number; ratio: number }[]> {
  for (const act of acts) await perSecond(act)
  const seen = acts.map((act) => ({ act, rates: [] as number[] }))
  for (let round = 0; round < rounds; round++)
    for (const { act, rates } of round % 2 === 0 ? seen : seen.toReversed()) rates.push(await perSecond(act, turnMs))
  const floor = seen[0]?.rates ?? []
  return seen.map(({ rates }) => ({
    perSecond: median(rates),
    ratio: median(rates.map((rate, at) => rate / (floor[at] ?? 0))),
  }))
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
