/** A decoded bracketed form: arrays are objects with the keys 0, 1, 2 until a schema says that they are lists. */
export type Form = { [key: string]: string | Form }

const MAX_DEPTH = 8

/** Decodes `a[b][0]=c`, as Stripe's libraries send parameters in bodies and query strings. */
export function parseForm(encoded: string): Form {
  const form: Form = Object.create(null)
  for (const [name, value] of new URLSearchParams(encoded)) {
    const [first = '', ...rest] = name.split('[').map((part, index) => (index === 0 ? part : part.replace(/\]$/, '')))
    if (first && rest.length <= MAX_DEPTH) assign(form, [first, ...rest], value)
  }
  return form
}

function assign(form: Form, [key = '', ...rest]: string[], value: string) {
  const name = key === '' ? String(Object.keys(form).length) : key
  if (rest.length === 0) {
    form[name] = value
    return
  }
  const existing = form[name]
  const child: Form = typeof existing === 'object' ? existing : Object.create(null)
  form[name] = child
  assign(child, rest, value)
}

/** The elements of `name[0]`, `name[1]`, … in order. */
export function listItems(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.entries(value)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item)
}

export function bracketed(path: PropertyKey[]): string {
  return path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join('')
}
