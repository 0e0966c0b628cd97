const all = {
  matchesAmounts: true,
  capsRefunds: true,
  waitsForBanks: true,
  triesAgain: true,
  owesAgain: true,
  looksAgain: true,
}
/** Rules of the domain that a control suspends; the tests put them between the domain and those who ask it. */
export const rules = { ...all }
export const restoreRules = () => void Object.assign(rules, all)
export type Rule = keyof typeof rules
