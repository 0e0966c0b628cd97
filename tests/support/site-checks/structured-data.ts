import Validator from '@adobe/structured-data-validator'
import { z } from 'zod'
import { googleEventFaults } from './google-event.ts'
import { readVocabulary } from './vocabulary.ts'

const vocabulary = readVocabulary()
const node = z.record(z.string(), z.unknown())
type Node = z.infer<typeof node>

/**
 * What is wrong with blocks of JSON-LD: types and properties against schema.org's vocabulary, and Google's rules for breadcrumbs and
 * lists, by Adobe's validator; which values a property may have, by the same vocabulary; Google's rules for events, by our table.
 *
 * @param performers whom the event of this page names.
 */
export async function structuredDataFaults(
  blocks: readonly string[],
  performers: readonly string[] = [],
): Promise<string[]> {
  const faults: string[] = []
  for (const block of blocks) {
    const parsed = node.parse(JSON.parse(block))
    const type = String(parsed['@type'])
    if (parsed['@context'] !== 'https://schema.org') faults.push(`${type}: no context`)
    const issues = await new Validator(vocabulary).validate({ jsonld: { [type]: [structuredClone(parsed)] } })
    faults.push(
      ...issues.map(
        ({ issueMessage, path }) => `${type} ${path.map((step) => step.property ?? '').join('.')}: ${issueMessage}`,
      ),
    )
    faults.push(...valueFaults(parsed, type))
    if (type === 'Event') faults.push(...googleEventFaults(parsed, performers))
  }
  return faults
}

function valueFaults(of: Node, path: string): string[] {
  return Object.entries(of).flatMap(([property, value]) => {
    if (property.startsWith('@')) return []
    const where = `${path}.${property}`
    const ranges = vocabulary.ranges(property)
    return [value].flat().flatMap((one) => {
      const child = node.safeParse(one)
      if (!child.success)
        return fits(one, ranges) ? [] : [`${where}: ${JSON.stringify(one)} is none of ${ranges.join(', ')}`]
      const type = String(child.data['@type'])
      const isExpected = ranges.some((range) => vocabulary.isA(type, range))
      return [
        ...(isExpected ? [] : [`${where}: a ${type} is none of ${ranges.join(', ')}`]),
        ...valueFaults(child.data, where),
      ]
    })
  })
}

const date = /^\d{4}-\d\d-\d\d$/
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/
const isUrl = (text: string): boolean => /^https:\/\/[^\s]+$/.test(text) && URL.canParse(text)

/** Google's examples give a time also where schema.org says `Date`, such as in `previousStartDate`. */
const textTypes: Readonly<Record<string, (text: string) => boolean>> = {
  Date: (text) => date.test(text) || dateTime.test(text),
  DateTime: (text) => dateTime.test(text),
  Text: (text) => text.trim() !== '',
  URL: isUrl,
  Number: (text) => /^-?\d+(\.\d+)?$/.test(text),
}

function fits(value: unknown, ranges: readonly string[]): boolean {
  if (typeof value === 'number') return ranges.some((range) => range === 'Number' || range === 'Integer')
  if (typeof value === 'boolean') return ranges.includes('Boolean')
  if (typeof value !== 'string') return false
  const member = /^https:\/\/schema\.org\/(\w+)$/.exec(value)?.[1]
  if (member !== undefined) return ranges.includes(vocabulary.kindOf(member) ?? '')
  // A thing may be named by its address alone, such as `item` of a breadcrumb.
  const isThing = ranges.some((range) => !(range in textTypes) && !vocabulary.isA(range, 'Enumeration'))
  return ranges.some((range) => textTypes[range]?.(value)) || (isThing && isUrl(value))
}
