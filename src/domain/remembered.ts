/** Enough for the pages of one list, and small beside what they are made of. */
const most = 1000

/**
 * A pure function of texts and numbers that keeps its last answers: to ask Intl anew takes longer than to write the rest of a card.
 * When it holds `most` of them it forgets them all.
 */
/* @__NO_SIDE_EFFECTS__ */
export function remembered<Given extends readonly (string | number)[], Answer>(
  answer: (...given: Given) => Answer,
): (...given: Given) => Answer {
  const answers = new Map<string, Answer>()
  return (...given) => {
    const key = given.join('\n')
    const known = answers.get(key)
    if (known !== undefined) return known
    if (answers.size === most) answers.clear()
    const made = answer(...given)
    answers.set(key, made)
    return made
  }
}
