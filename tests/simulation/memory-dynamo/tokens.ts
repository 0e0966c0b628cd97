import { validationError } from './errors.ts'

/** `#name`, `:value`, words, numbers (list positions) and punctuation of an expression. */
const token = /\s*(?:([#:]?[A-Za-z_][\w]*|#\w+|:\w+|\d+)|(<>|<=|>=|[=<>(),.+\-[\]]))/y

export interface Tokens {
  peek(ahead?: number): string
  next(): string
  /** Takes the next one if it is this word (in any case) or sign. */
  take(expected: string): boolean
  expect(expected: string): void
  readonly isAtEnd: boolean
}

export function tokensOf(expression: string): Tokens {
  const found = tokenize(expression)
  let at = 0
  const is = (text: string) => found[at]?.toUpperCase() === text.toUpperCase()
  const tokens: Tokens = {
    peek: (ahead = 0) => found[at + ahead] ?? '',
    next: () => found[at++] ?? '',
    take(expected) {
      if (!is(expected)) return false
      at++
      return true
    },
    expect(expected) {
      if (!tokens.take(expected))
        throw validationError(`Invalid expression: ${expected} expected near ${tokens.peek()} in ${expression}`)
    },
    get isAtEnd() {
      return at >= found.length
    },
  }
  return tokens
}

function tokenize(expression: string): string[] {
  const found: string[] = []
  token.lastIndex = 0
  const end = expression.trimEnd().length
  while (token.lastIndex < end) {
    const match = token.exec(expression)
    if (!match) throw validationError(`Invalid expression: ${expression}`)
    found.push(match[1] ?? match[2] ?? '')
  }
  return found
}
