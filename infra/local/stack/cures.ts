/** Something that the person at the keyboard can cure: the message is one line that says what and how. */
export class Curable extends Error {}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

/** The error itself and those that caused it, outermost first. */
function* chain(error: unknown): Generator<unknown> {
  for (let one = error; one !== undefined; one = one instanceof Error ? one.cause : undefined) yield one
}

/** One line for whatever stopped the stack, with the cure where it is known. */
export function explain(error: unknown, folder: string): string {
  const all = [...chain(error)]
  const is = (...codes: string[]) => all.some((one) => codes.some((code) => hasCode(one, code)))
  const says = (text: string) => all.some((one) => String(one).includes(text))
  if (is('ENOSPC', 'EDQUOT') || says('No space left on device'))
    return `The disk of ${folder} is full: free some space, or choose another folder with --state.`
  if (is('EACCES', 'EPERM', 'EROFS'))
    return `${folder} cannot be written to: give yourself the right to, or choose another folder with --state.`
  if (is('ENOTDIR', 'EEXIST') && !says('EADDRINUSE'))
    return `${folder} is not a folder: remove what lies there, or choose another folder with --state.`
  if (all.some((one) => one instanceof Error && one.name === 'ZodError'))
    return `What ${folder} remembers is of another version: start once with --fresh, which empties it.`
  return firstLine(error)
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.trim().split('\n')[0] || 'Something unknown went wrong.'
}
