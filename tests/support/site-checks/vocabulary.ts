import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** schema.org's vocabulary, as https://schema.org/version/latest/ publishes it and `@vocabulary/schema` packs it. */
const file = join(dirname(createRequire(import.meta.url).resolve('@vocabulary/schema')), 'schema.nq')

const schema = 'http://schema.org/'
const predicates: Readonly<Record<string, string>> = {
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#type': '@type',
  'http://www.w3.org/2000/01/rdf-schema#subClassOf': 'rdfs:subClassOf',
  [`${schema}domainIncludes`]: 'schema:domainIncludes',
  [`${schema}rangeIncludes`]: 'schema:rangeIncludes',
}
const kinds: Readonly<Record<string, string>> = {
  'http://www.w3.org/2000/01/rdf-schema#Class': 'rdfs:Class',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#Property': 'rdf:Property',
}

interface Term {
  readonly '@id': string
  '@type'?: string
  readonly [relation: string]: unknown
}

export interface Vocabulary {
  /** The shape of schemaorg-all.jsonld, as far as the validator reads it. */
  readonly '@graph': readonly Term[]
  /** Names of types that a property's value may have; empty for what is no property. */
  ranges(property: string): readonly string[]
  isA(type: string, ancestor: string): boolean
  /** The enumeration to which `EventCancelled` belongs. */
  kindOf(member: string): string | undefined
}

export function readVocabulary(): Vocabulary {
  const relations = new Map<string, Map<string, string[]>>()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, subject = '', predicate = '', object = ''] = /^<([^>]+)> <([^>]+)> <([^>]+)>/.exec(line) ?? []
    const relation = predicates[predicate]
    if (!relation || !subject.startsWith(schema)) continue
    const name = subject.slice(schema.length)
    const of = relations.get(name) ?? new Map<string, string[]>()
    of.set(relation, [...(of.get(relation) ?? []), kinds[object] ?? object.replace(schema, '')])
    relations.set(name, of)
  }
  const related = (name: string, relation: string): readonly string[] => relations.get(name)?.get(relation) ?? []
  const isA = (type: string, ancestor: string): boolean =>
    type === ancestor || related(type, 'rdfs:subClassOf').some((parent) => isA(parent, ancestor))
  return {
    '@graph': [...relations].map(([name, of]) => ({
      '@id': `schema:${name}`,
      '@type': of.get('@type')?.find((kind) => kind.startsWith('rdf')) ?? '',
      ...Object.fromEntries(
        [...of]
          .filter(([relation]) => relation !== '@type')
          .map(([relation, ids]) => [relation, ids.map((id) => ({ '@id': `schema:${id}` }))]),
      ),
    })),
    ranges: (property) => related(property, 'schema:rangeIncludes'),
    isA,
    kindOf: (member) => related(member, '@type').find((kind) => !kind.startsWith('rdf')),
  }
}
