/** Scripts that set no blanks between words: found by pairs of their signs. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}'
const words = new RegExp(
  `[${unspaced}]+|[^\\P{L}${unspaced}][\\p{L}\\p{M}\\p{N}]*(?:['’][\\p{L}\\p{M}]+)*|\\p{N}+`,
  'gu',
)
const isUnspaced = new RegExp(`^[${unspaced}]`, 'u')

const letters: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' },
  ...{ آ: 'ا', أ: 'ا', إ: 'ا', ٱ: 'ا', ى: 'ي', ئ: 'ي', ؤ: 'و', ة: 'ه', ک: 'ك', ی: 'ي' },
}

/**
 * One spelling for what people type alike: case, accents, widths (`ＪＡＺＺ`), Arabic vowel signs and forms of a letter. The marks that
 * tell `か` from `が` stay.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ßæœøłđðþıآأإٱىئؤةکی]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]/g, '')
    .normalize('NFC')
}

/** What a text can be found by. A German umlaut is also found as it is typed without one: `Köln` by `koln` and `koeln`. */
export function termsOf(text: string): readonly string[] {
  return rawWords(text).flatMap((word) => {
    if (isUnspaced.test(word)) return pairsOf(foldText(word), true)
    const folded = foldText(word).replace(/['’]/g, '')
    const spelledOut = foldText(word.toLowerCase().replace(/[äöü]/g, (umlaut) => `${foldText(umlaut)}e`))
    return spelledOut === foldText(word) ? [folded] : [folded, spelledOut]
  })
}

/** The terms that all have to be there for a query to be met. */
export function queryTermsOf(text: string): readonly string[] {
  return rawWords(text).flatMap((word) =>
    isUnspaced.test(word) ? pairsOf(foldText(word), false) : [foldText(word).replace(/['’]/g, '')],
  )
}

const rawWords = (text: string): readonly string[] => text.normalize('NFKC').match(words) ?? []

/** `東京都` → `東京`, `京都`; with single signs too, so that one alone is found. */
function pairsOf(run: string, withSingles: boolean): readonly string[] {
  const signs = [...run]
  const pairs = signs.slice(1).map((sign, at) => `${signs[at]}${sign}`)
  if (pairs.length === 0) return signs
  return withSingles ? [...signs, ...pairs] : pairs
}

/** How many letters of a term may be mistyped, two changed places being two; none in a short one, where another word is as likely. */
export function mistypesIn(term: string): number {
  if (isUnspaced.test(term) || /\p{N}/u.test(term) || term.length < 4) return 0
  return term.length < 6 ? 1 : 2
}
