import type { Problem } from '#contracts/common.ts'
import { fill } from '../i18n/fill.ts'
import type { Texts } from '../i18n/texts.ts'

export interface Advice {
  readonly title: string
  readonly text: string
  /** Where the buyer can do something about it. */
  readonly step: 'choose' | 'details'
}

type Words = Texts['refusals']
type Known = Exclude<keyof Words, 'unknown' | 'unknownNumber'>

const atDetails: readonly string[] = ['payment_unavailable', 'offline', 'too_busy', 'price_changed', 'invalid_request']

const isKnown = (code: string, words: Words): code is Known =>
  Object.hasOwn(words, code) && code !== 'unknown' && code !== 'unknownNumber'

/** What to tell a buyer whose order was refused, in his language, and where to continue. */
export function adviceOn({ code, requestId }: Problem, words: Words): Advice {
  if (isKnown(code, words)) return { ...words[code], step: atDetails.includes(code) ? 'details' : 'choose' }
  const { title, text } = words.unknown
  const number = requestId ? ` ${fill(words.unknownNumber, { id: requestId })}` : ''
  return { title, text: text + number, step: 'details' }
}
