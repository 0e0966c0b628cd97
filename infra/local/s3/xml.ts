type Value = string | number | boolean | Element | readonly Element[]
/** Children in order; a list repeats its element; an undefined child is left out. */
export type Element = { readonly [name: string]: Value | undefined }

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }

export function toXml(root: string, children: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner(children)}</${root}>`
}

function inner(element: Element): string {
  return Object.entries(element)
    .map(([name, value]) => (value === undefined ? '' : many(name, value)))
    .join('')
}

function many(name: string, value: Value): string {
  if (isList(value)) return value.map((one) => `<${name}>${inner(one)}</${name}>`).join('')
  return `<${name}>${typeof value === 'object' ? inner(value) : escapeXml(String(value))}</${name}>`
}

const isList = (value: Value): value is readonly Element[] => Array.isArray(value)

const escapeXml = (text: string) => text.replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character)

/** The texts of every `<name>` in a document as simple as those that SDKs send: no attributes, no CDATA. */
export function textsOf(name: string, xml: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => unescapeXml(text))
}

function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
      if (decimal) return String.fromCodePoint(Number(decimal))
      return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name ?? ''] ?? whole
    },
  )
}
