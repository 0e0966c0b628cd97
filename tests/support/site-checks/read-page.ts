import { Parser } from 'htmlparser2'

export interface PageFacts {
  readonly title: string
  readonly description: string
  readonly canonical: string
  readonly isIndexed: boolean
  readonly ids: ReadonlySet<string>
  /** Where a visitor can go by a click; as written. */
  readonly anchors: readonly string[]
  /** Whatever else the page names: scripts, styles, pictures in all sizes, previews, feeds. */
  readonly resources: readonly string[]
  /** The text of each `application/ld+json` block. */
  readonly jsonLd: readonly string[]
  /** Values of `<meta>` by `property` or `name`. */
  readonly meta: ReadonlyMap<string, string>
}

export function readPage(html: string): PageFacts {
  const ids = new Set<string>()
  const anchors: string[] = []
  const resources: string[] = []
  const jsonLd: string[] = []
  const meta = new Map<string, string>()
  const facts = { title: '', canonical: '' }
  let inside: 'title' | 'json' | null = null

  const parser = new Parser({
    onopentag(name, attributes) {
      const { id, href, src, srcset, content, rel, type, action } = attributes
      if (id) ids.add(id)
      if (href && name === 'a') anchors.push(href)
      if (href && name === 'link') resources.push(href)
      if (rel === 'canonical' && href) facts.canonical = href
      if (src) resources.push(src)
      if (action) resources.push(action)
      if (srcset) resources.push(...srcset.split(',').map((one) => one.trim().split(' ')[0] ?? ''))
      if (name === 'meta' && content) meta.set(attributes.property ?? attributes.name ?? '', content)
      if (name === 'title' && inside === null && !facts.title) inside = 'title'
      if (name === 'script' && type === 'application/ld+json') {
        inside = 'json'
        jsonLd.push('')
      }
    },
    ontext(text) {
      if (inside === 'title') facts.title += text
      if (inside === 'json') jsonLd.push((jsonLd.pop() ?? '') + text)
    },
    onclosetag(name) {
      if (name === 'title' || name === 'script') inside = null
    },
  })
  parser.end(html)
  const isIndexed = !/noindex/.test(meta.get('robots') ?? '')
  return { ...facts, description: meta.get('description') ?? '', isIndexed, ids, anchors, resources, jsonLd, meta }
}
