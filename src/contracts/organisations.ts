import { z } from 'zod'
import { roles } from '#domain/catalog.ts'
import { slugOf } from '#domain/slugs.ts'
import { email, id, line, paragraph } from './common.ts'
import { picture } from './pictures.ts'

/** Of the operator. Without `slug` the address is made of the name; one without Latin letters gives none. */
export const foundOrganisationRequest = z
  .strictObject({ name: line(80), email, slug: z.string().optional() })
  .transform(({ slug, ...request }) => ({ ...request, slug: slug ?? slugOf(request.name, '') }))
  .refine(({ slug }) => slug !== '' && slugOf(slug, '') === slug, {
    path: ['slug'],
    error: 'must be small letters, digits and single hyphens between them, 60 at most',
  })

/** Only the fields to change, and the version that the editor read. */
export const editOrganisationRequest = z.strictObject({
  version: z.int().min(1),
  name: line(80).optional(),
  about: paragraph(2000).optional(),
  /** `#rrggbb` */
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #aa3300')
    .optional(),
  /** Null: none. */
  website: z
    .url({ protocol: /^https$/, hostname: z.regexes.domain, error: 'must begin with https://' })
    .max(200)
    .refine((url) => !/^https:\/\/[^/?#\\]*@/i.test(url), 'must not name a user')
    .nullable()
    .optional(),
})
export type EditOrganisationRequest = z.infer<typeof editOrganisationRequest>

export const organisationResponse = z.object({
  organisation: z.object({
    id: id('org'),
    slug: z.string(),
    version: z.int(),
    name: z.string(),
    about: z.string(),
    accent: z.string(),
    website: z.string().nullable(),
    logo: picture.nullable(),
  }),
})
export type OrganisationResponse = z.infer<typeof organisationResponse>

export const memberRequest = z.strictObject({ role: z.enum(roles) })
export const memberEmail = email
export const membersResponse = z.object({ members: z.array(z.object({ email: z.string(), role: z.enum(roles) })) })
export type MembersResponse = z.infer<typeof membersResponse>
