import { z } from 'zod'

/**
 * https://developers.google.com/search/docs/appearance/structured-data/event: its required and its recommended properties, all of
 * them held for required here, but `performer` and `previousStartDate`, which are for events that have them.
 */
const instant = z.iso
  .datetime({ offset: true, local: false })
  .or(z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d$/))
const address = z.url({ protocol: /^https$/ })
const status = z.enum(['EventScheduled', 'EventRescheduled', 'EventPostponed', 'EventMovedOnline', 'EventCancelled'])
const ofSchema = <T extends Record<string, string>>(names: z.ZodEnum<T>) =>
  z
    .string()
    .startsWith('https://schema.org/')
    .transform((url): unknown => url.slice('https://schema.org/'.length))
    .pipe(names)

const offer = z.looseObject({
  availability: ofSchema(z.enum(['InStock', 'SoldOut', 'PreOrder'])),
  price: z.string().regex(/^\d+(\.\d+)?$/),
  priceCurrency: z.string().regex(/^[A-Z]{3}$/),
  validFrom: instant,
  url: address,
})

const eventRules = z
  .looseObject({
    name: z.string().min(1),
    description: z.string().min(1),
    startDate: instant,
    endDate: instant,
    eventStatus: ofSchema(status),
    previousStartDate: z.array(instant).min(1).optional(),
    image: z.array(address).min(1),
    location: z.looseObject({
      '@type': z.literal('Place'),
      name: z.string().min(1),
      address: z.looseObject({
        '@type': z.literal('PostalAddress'),
        streetAddress: z.string().min(1),
        addressLocality: z.string().min(1),
        postalCode: z.string().min(1),
        addressCountry: z.string().regex(/^[A-Z]{2}$/),
      }),
    }),
    organizer: z.looseObject({ name: z.string().min(1), url: address }),
    performer: z
      .array(z.looseObject({ '@type': z.enum(['PerformingGroup', 'Person']), name: z.string().min(1) }))
      .min(1)
      .optional(),
    offers: z.array(offer).min(1),
  })
  .refine(({ startDate, endDate }) => Date.parse(startDate) < Date.parse(endDate), 'ends before it starts')
  .refine(
    ({ eventStatus, previousStartDate }) => eventStatus !== 'EventRescheduled' || previousStartDate !== undefined,
    'is rescheduled, from when?',
  )

/** @param performers whom the event names: all of them, and nobody else, stand in `performer`. */
export function googleEventFaults(data: unknown, performers: readonly string[] = []): string[] {
  const names = (event: z.infer<typeof eventRules>) => (event.performer ?? []).map(({ name }) => name)
  const isAsNamed = (event: z.infer<typeof eventRules>) => JSON.stringify(names(event)) === JSON.stringify(performers)
  const { error } = eventRules.refine(isAsNamed, { path: ['performer'], error: 'is not whom it names' }).safeParse(data)
  return error?.issues.map(({ path, message }) => `Event ${path.join('.')}: ${message}`) ?? []
}
