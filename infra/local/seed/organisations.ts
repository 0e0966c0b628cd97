import { createHash } from 'node:crypto'
import type { Organisation } from '#domain/catalog.ts'
import { makeId } from '#domain/ids.ts'

/** Demo ids are derived from names, so that a second seeding finds what the first one wrote. */
const epoch = Date.UTC(2026, 0, 1)
export const demoId = <P extends 'org' | 'evt' | 'tty' | 'poo'>(prefix: P, name: string) =>
  makeId(prefix, epoch, createHash('sha256').update(`${prefix} ${name}`).digest())

const organisation = (fields: Omit<Organisation, 'id' | 'version' | 'createdAt'>): Organisation => ({
  ...fields,
  version: 1,
  id: demoId('org', fields.slug),
  createdAt: new Date(epoch).toISOString(),
})

/** The first one runs every event that the demo names by state, and employs the demo accounts. */
export const demoOrganisations = {
  almazara: organisation({
    slug: 'almazara-cultural',
    name: 'Almazara Cultural',
    about:
      'Programamos música, teatro y gastronomía en antiguos molinos, patios y plazas de Andalucía. We put on concerts, plays and long dinners in the old mills, courtyards and squares of southern Spain. Every venue is small, every artist is paid before the doors open, and the bar belongs to the neighbours.',
    accent: '#c2410c',
    email: 'hola@almazara.example',
    website: 'https://almazara.example',
  }),
  lanternHouse: organisation({
    slug: 'lantern-house',
    name: 'Lantern House',
    about:
      'A workers’ co-operative of sixteen programmers, technicians and cooks running three rooms between Bristol, Edinburgh and Zürich. Comedy on Tuesdays, talks on Thursdays, and something loud every weekend. Concessions are pay-what-you-can, no questions.',
    accent: '#6d28d9',
    email: 'box.office@lanternhouse.example',
    website: 'https://lanternhouse.example',
  }),
  tidewater: organisation({
    slug: 'tidewater-collective',
    name: 'Tidewater Collective',
    about:
      'Tidewater presents outdoor weekends, family days and food festivals along the water in Brooklyn, Chicago and San Francisco. Rain or shine, leave no trace, bring a friend.',
    accent: '#0e7490',
    email: 'hello@tidewater.example',
    website: 'https://tidewater.example',
  }),
  hoshizora: organisation({
    slug: 'hoshizora-koubou',
    name: '星空工房 Hoshizora Kōbō',
    about:
      '京都と東京で、手しごとの教室と夜の音楽会をひらいています。We hold small craft workshops by day and listening evenings by night in Kyōto and Tōkyō. Classes are taught in Japanese with English notes; nobody needs to have made anything before.',
    accent: '#be185d',
    email: 'konnichiwa@hoshizora.example',
    website: 'https://hoshizora.example',
  }),
} as const satisfies Record<string, Organisation>

export type DemoOrganisation = keyof typeof demoOrganisations
