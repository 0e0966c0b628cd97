import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { createDirectPut } from './direct-put.ts'

/** What must be true of the stored object for a write to happen: it has this ETag, or it does not exist. */
export type FileCondition = { readonly etag: string } | 'absent'

export interface FileHead {
  readonly etag: string
  /** In whole seconds, by S3's clock; in milliseconds since 1970. */
  readonly writtenAtMs: number
  /** What the writer said the content is, so that equal content need not be written again. */
  readonly fingerprint: string | undefined
  /** Of the bytes as they are stored, in base64: whoever changed them by another way than ours is found out. */
  readonly crc32: string | undefined
  /** What the writer noted beside it. */
  readonly note: string | undefined
}

export interface FileToPut {
  readonly body: Uint8Array
  /** Of the body, in hex, from who has it already. */
  readonly sha256?: string
  readonly contentType: string
  /** Without it, no cache keeps the file. */
  readonly cacheControl?: string
  readonly fingerprint?: string
  /** At most 1.8 KB of ASCII. */
  readonly note?: string
}

/** The condition did not hold, another write was under way, or what was to be replaced is gone. */
const refusals = [412, 409, 404]

/** Behind every other in the order of keys. */
const lastSign = '\u{10ffff}'

/** One S3 bucket. */
export function createFiles(client: S3Client, bucket: string) {
  const at = (key: string) => ({ Bucket: bucket, Key: key })
  const putDirectly = createDirectPut(client, bucket)

  async function readHead(key: string): Promise<FileHead | null> {
    const object = await orNull(client.send(new HeadObjectCommand({ ...at(key), ChecksumMode: 'ENABLED' })), 404)
    if (!object) return null
    const { ETag: etag = '', LastModified, Metadata: { fingerprint, note } = {}, ChecksumCRC32: crc32 } = object
    return { etag, writtenAtMs: LastModified?.getTime() ?? Number.POSITIVE_INFINITY, fingerprint, crc32, note }
  }

  /** The fingerprint says what was written, the checksum that it is still there. */
  const isSame = ({ fingerprint, crc32 }: FileHead, file: FileToPut): boolean =>
    fingerprint === file.fingerprint && crc32 === checksumOf(file.body)

  /** In bytes; null when there is no such file. */
  async function sizeOf(key: string): Promise<number | null> {
    const object = await orNull(client.send(new HeadObjectCommand(at(key))), 404)
    return object?.ContentLength ?? null
  }

  /** Null when there is no such file. */
  const readEtag = async (key: string): Promise<string | null> => (await readHead(key))?.etag ?? null

  async function readFile(key: string): Promise<Uint8Array | null> {
    const object = await orNull(client.send(new GetObjectCommand(at(key))), 404)
    return (await object?.Body?.transformToByteArray()) ?? null
  }

  /** @returns false when the condition did not hold, or another write was under way: nothing was written. */
  async function putFile(key: string, file: FileToPut, condition?: FileCondition): Promise<boolean> {
    const { body, sha256 = hash('sha256', body), contentType, cacheControl = 'no-store', fingerprint, note } = file
    const answered = await putDirectly(
      key,
      {
        'content-type': contentType,
        'cache-control': cacheControl,
        'x-amz-checksum-crc32': checksumOf(body),
        ...(fingerprint ? { 'x-amz-meta-fingerprint': fingerprint } : {}),
        ...(note ? { 'x-amz-meta-note': note } : {}),
        ...(condition === 'absent' ? { 'if-none-match': '*' } : condition ? { 'if-match': condition.etag } : {}),
      },
      body,
      sha256,
    )
    if (answered === 200) return true
    if (answered !== null && refusals.includes(answered)) return false
    // Whatever else it is, the SDK knows best what to do: wait, ask again, or say what is wrong.
    const command = new PutObjectCommand({
      ...at(key),
      Body: body,
      ContentType: contentType,
      CacheControl: cacheControl,
      ChecksumCRC32: checksumOf(body),
      Metadata: { ...(fingerprint ? { fingerprint } : {}), ...(note ? { note } : {}) },
      ...(condition === 'absent' ? { IfNoneMatch: '*' } : condition ? { IfMatch: condition.etag } : {}),
    })
    return (await orNull(client.send(command), ...refusals)) !== null
  }

  /** @returns false as `putFile` does. */
  async function removeFile(key: string, condition?: { etag: string }): Promise<boolean> {
    const command = new DeleteObjectCommand({ ...at(key), ...(condition ? { IfMatch: condition.etag } : {}) })
    return (await orNull(client.send(command), 412, 409)) !== null
  }

  /**
   * In the order of their UTF-8 bytes: all that begin with `prefix`, from the one behind `after` on. Those that begin with one of `without`
   * are jumped over, however many they are.
   */
  async function* listKeys(prefix = '', after = '', without: readonly string[] = []): AsyncGenerator<string> {
    let from: { readonly StartAfter?: string; readonly ContinuationToken?: string } | null = after
      ? { StartAfter: after }
      : {}
    while (from) {
      const page: ListObjectsV2CommandOutput = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, ...(prefix ? { Prefix: prefix } : {}), ...from }),
      )
      from = page.NextContinuationToken ? { ContinuationToken: page.NextContinuationToken } : null
      for (const { Key = '' } of page.Contents ?? []) {
        const jumped = without.find((one) => Key.startsWith(one))
        if (jumped !== undefined) {
          from = { StartAfter: jumped + lastSign }
          break
        }
        yield Key
      }
    }
  }

  /** A link that opens the file for so many seconds, to be saved as `fileName`. */
  function signUrl(key: string, seconds: number, fileName: string): Promise<string> {
    const disposition = `inline; filename*=UTF-8''${encodeURIComponent(fileName)}`
    const command = new GetObjectCommand({ ...at(key), ResponseContentDisposition: disposition })
    return getSignedUrl(client, command, { expiresIn: seconds })
  }

  return { readHead, isSame, readEtag, sizeOf, readFile, putFile, removeFile, listKeys, signUrl }
}

export type Files = ReturnType<typeof createFiles>

async function orNull<T>(answer: Promise<T>, ...statuses: readonly number[]): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
    if (status !== undefined && statuses.includes(status)) return null
    throw error
  }
}

/** As S3 tells it of an object. */
function checksumOf(body: Uint8Array): string {
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  return checksum.toString('base64')
}
