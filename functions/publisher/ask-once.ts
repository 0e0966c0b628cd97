import type { SiteReader } from '#contracts/site.ts'

/** A reader of lists that asks for each one once: whether the events of a batch stand in it is one question, and a list of thousands. */
export function askOnce<Reader extends Pick<SiteReader, 'listing'>>(reader: Reader): Reader {
  const answers = new Map<string, ReturnType<SiteReader['listing']>>()
  return {
    ...reader,
    listing(facet, range) {
      const question = JSON.stringify([facet, range])
      const known = answers.get(question)
      if (known) return known
      const answer = reader.listing(facet, range)
      answers.set(question, answer)
      return answer
    },
  }
}
