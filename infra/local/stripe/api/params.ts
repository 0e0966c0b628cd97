import { z } from 'zod'
import { invalidRequest } from './errors.ts'
import { bracketed, listItems } from './form.ts'

export const list = <T extends z.ZodType>(item: T, max: number) => z.preprocess(listItems, z.array(item).max(max))

export const integer = (min: number) =>
  z
    .string()
    .regex(/^-?\d+$/, { message: 'Invalid integer: {value}' })
    .transform(Number)
    .refine((value) => value >= min, { message: `This value must be greater than or equal to ${min}.` })

export const boolean = z.enum(['true', 'false']).transform((value) => value === 'true')

export const url = z
  .string()
  .max(5000)
  .refine((value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''), {
    message: 'Not a valid URL',
    params: { code: 'url_invalid' },
  })

export const email = z
  .string()
  .max(512)
  .refine((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value), {
    message: 'Invalid email address: {value}',
    params: { code: 'email_invalid' },
  })

/** At most 50 keys of 40 characters with values of 500; an empty value leaves the key out. */
export const metadata = z.preprocess(
  (value) => (value === '' ? {} : value),
  z
    .record(z.string().max(40), z.string().max(500))
    .refine((entries) => Object.keys(entries).length <= 50, { message: 'Metadata can have at most 50 keys.' })
    .transform((entries) => Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== ''))),
)

export const createdRange = z.union([
  integer(0).transform((second) => ({ gte: second, lte: second })),
  z.strictObject({ gt: integer(0), gte: integer(0), lt: integer(0), lte: integer(0) }).partial(),
])

export const paging = {
  limit: integer(1)
    .refine((value) => value <= 100, { message: 'This value must be less than or equal to 100.' })
    .optional(),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
}

/** @throws StripeFault 400 for the first parameter that is unknown, missing or malformed, named as it was sent. */
export function parseParams<T extends z.ZodType>(schema: T, form: object): z.output<T> {
  const parsed = schema.safeParse(form)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (!issue) throw invalidRequest('Invalid request')
  const path = issue.path.slice(0, 9)
  const sent = valueAt(form, path)
  if (issue.code === 'unrecognized_keys') {
    const param = bracketed([...path, issue.keys[0] ?? ''])
    throw invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param })
  }
  const param = bracketed(path)
  if (sent === undefined) {
    throw invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
  }
  const code = codeOf(issue)
  throw invalidRequest(issue.message.replace('{value}', String(sent)), { param, ...(code ? { code } : {}) })
}

function codeOf(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code === 'custom' && typeof issue.params?.code === 'string') return issue.params.code
  return issue.message.includes('integer') || issue.message.startsWith('This value must be')
    ? 'parameter_invalid_integer'
    : undefined
}

function valueAt(form: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    form,
  )
}
