/** Names that stand one a line, or on a single line with commas between; each once. */
export function performersOf(text: string): string[] {
  const names = text.includes('\n') ? text.split('\n') : text.split(/[,،、]/)
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))]
}

/** A single name with a comma in it ends its line, so that it is read as one again. */
export function performersText(names: readonly string[]): string {
  const lines = names.join('\n')
  return names.length === 1 && performersOf(lines).length > 1 ? `${lines}\n` : lines
}

/** What is wrong with names, at the one field that holds them all. */
export function performerErrors(errors: Readonly<Record<string, string>>): Record<string, string> {
  const wrong = Object.entries(errors).flatMap(([field, message]) => {
    const [, at] = /^performers\.(\d+)$/.exec(field) ?? []
    return at === undefined ? [] : [`Name ${Number(at) + 1}: ${message}`]
  })
  return wrong.length > 0 ? { performers: wrong.join(', ') } : {}
}
