/** Rules of the domain that a control suspends; the tests put them between the domain and those who ask it. */
export const rules = {
  matchesAmounts: true,
  capsRefunds: true,
  waitsForBanks: true,
  triesAgain: true,
  owesAgain: true,
  looksAgain: true,
}
export type Rule = keyof typeof rules
