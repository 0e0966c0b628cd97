import { z } from 'zod'
import { accessDenied, invalidArgument, S3Error } from './errors.ts'
import type { S3Response } from './objects.ts'
import type { S3Request } from './request.ts'
import { type Credentials, verifyCredential, verifySigned } from './signature.ts'
import type { ObjectStore } from './store.ts'
import { toXml } from './xml.ts'

const condition = z.union([
  z.tuple([z.literal('content-length-range'), z.coerce.number(), z.coerce.number()]),
  z.tuple([z.enum(['eq', 'starts-with']), z.string(), z.string()]),
  z.record(z.string(), z.string()),
])
const policySchema = z.object({ expiration: z.iso.datetime(), conditions: z.array(condition) })
type Policy = z.infer<typeof policySchema>

const NEED_NO_CONDITION = new Set(['policy', 'x-amz-signature', 'file'])
const STORED_FIELDS = /^(content-type|cache-control|content-disposition|content-encoding|expires|x-amz-meta-.+)$/

const MOST_BYTES_BEFORE_FILE = 20_480

/**
 * A browser's upload by a signed form, whose policy limits key, type and size.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export async function postForm(
  store: ObjectStore,
  request: S3Request,
  credentials: Credentials,
  now: Date,
): Promise<S3Response> {
  const { fields, file } = await readForm(request)
  const policy = verifyPolicy(fields, credentials, now)
  // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own placeholder.
  const key = (fields.key ?? '').replaceAll('${filename}', file.name)
  if (key === '') throw invalidArgument('A key must not be empty')
  const bytes = new Uint8Array(await file.arrayBuffer())
  verifyConditions(policy, { ...fields, bucket: request.bucket }, bytes.length)

  const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => STORED_FIELDS.test(name)))
  const headersToKeep = { 'content-type': 'binary/octet-stream', ...kept }
  const { etag } = store.put(request.bucket, key, bytes, headersToKeep, {}, 'Post')
  const headers = { etag, location: `/${request.bucket}/${key.split('/').map(encodeURIComponent).join('/')}` }
  if (fields.success_action_status !== '201')
    return { status: fields.success_action_status === '200' ? 200 : 204, headers }
  const body = toXml('PostResponse', { Location: headers.location, Bucket: request.bucket, Key: key, ETag: etag })
  return { status: 201, headers, body }
}

async function readForm({ headers, rawBody }: S3Request): Promise<{ fields: Record<string, string>; file: File }> {
  const form = await new Response(Uint8Array.from(rawBody), {
    headers: { 'content-type': headers['content-type'] ?? '' },
  })
    .formData()
    .catch(() => {
      throw new S3Error(
        400,
        'MalformedPOSTRequest',
        'The body of your POST request is not well-formed multipart/form-data.',
      )
    })
  const fields: Record<string, string> = {}
  let file: File | undefined
  let size = 0
  for (const [name, value] of form) {
    if (value instanceof File) {
      if (file || name.toLowerCase() !== 'file')
        throw invalidArgument('POST requires exactly one file upload per request.')
      file = value
    }
    // What comes below the file is ignored.
    if (file || typeof value !== 'string') continue
    fields[name.toLowerCase()] = value
    size += name.length + value.length
  }
  if (!file) throw invalidArgument('POST requires exactly one file upload per request.')
  if (size > MOST_BYTES_BEFORE_FILE)
    throw new S3Error(
      400,
      'MaxPostPreDataLengthExceededError',
      'Your POST request fields preceding the upload file were too large.',
    )
  return { fields, file }
}

function verifyPolicy(fields: Record<string, string>, credentials: Credentials, now: Date): Policy {
  const { policy, 'x-amz-credential': credential, 'x-amz-date': date, 'x-amz-signature': signature } = fields
  if (!policy || !credential || !date || !signature) throw accessDenied('Anonymous access is forbidden')
  if (fields['x-amz-algorithm'] !== 'AWS4-HMAC-SHA256')
    throw invalidArgument('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"')
  verifySigned(policy, signature, verifyCredential(credential, date, credentials), credentials)
  const parsed = policySchema.safeParse(parseJson(Buffer.from(policy, 'base64').toString()))
  if (!parsed.success) throw new S3Error(400, 'InvalidPolicyDocument', 'Invalid Policy: Invalid JSON or condition.')
  if (now.getTime() >= Date.parse(parsed.data.expiration))
    throw accessDenied('Invalid according to Policy: Policy expired.')
  return parsed.data
}

function verifyConditions({ conditions }: Policy, fields: Record<string, string>, size: number): void {
  const covered = new Set(NEED_NO_CONDITION)
  const fail = (rule: unknown) =>
    accessDenied(`Invalid according to Policy: Policy Condition failed: ${JSON.stringify(rule)}`)
  const checkField = (rule: unknown, name: string, holds: (value: string) => boolean) => {
    covered.add(name.toLowerCase())
    if (!holds(fields[name.toLowerCase()] ?? '')) throw fail(rule)
  }
  for (const rule of conditions) {
    if (!Array.isArray(rule)) {
      for (const [name, wanted] of Object.entries(rule)) checkField(rule, name, (value) => value === wanted)
    } else if (rule[0] === 'content-length-range') {
      if (size < rule[1])
        throw new S3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size')
      if (size > rule[2])
        throw new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size')
    } else {
      const [operator, name, wanted] = rule
      const matches =
        operator === 'eq' ? (value: string) => value === wanted : (value: string) => value.startsWith(wanted)
      checkField(rule, name.replace(/^\$/, ''), matches)
    }
  }
  const extra = Object.keys(fields).filter(
    (name) => !covered.has(name) && name !== 'bucket' && !name.startsWith('x-ignore-'),
  )
  if (extra.length > 0) throw accessDenied(`Invalid according to Policy: Extra input fields: ${extra.join(', ')}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
