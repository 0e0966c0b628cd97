/** Always the same numbers for the same name, so that a poster stays what it is. */
export interface Random {
  /** From `low` up to `high`. */
  between(low: number, high: number): number
  /** @throws RangeError when there is nothing to choose from. */
  pick<T>(choices: readonly T[]): T
  chance(share: number): boolean
}

/** mulberry32, seeded by FNV-1a of the name. */
export function randomFor(name: string): Random {
  let state = 0x811c9dc5
  for (const character of name) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    between: (low, high) => low + next() * (high - low),
    pick: (choices) => {
      const [choice] = choices.slice(Math.floor(next() * choices.length))
      if (choice === undefined) throw new RangeError('nothing to choose from')
      return choice
    },
    chance: (share) => next() < share,
  }
}
