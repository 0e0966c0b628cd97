import type { S3Client } from '@aws-sdk/client-s3'
import { createPresignedPost } from '@aws-sdk/s3-presigned-post'
import type { UploadForm } from '../usecases/request-upload.ts'

/** Forms by which a browser sends one file of one type under one key, no larger than it may be and not much later. */
export function createUploadForms(client: S3Client, bucket: string) {
  return async function signForm(
    key: string,
    { contentType, largestBytes, seconds }: { contentType: string; largestBytes: number; seconds: number },
  ): Promise<UploadForm> {
    const { url, fields } = await createPresignedPost(client, {
      Bucket: bucket,
      Key: key,
      Fields: { 'Content-Type': contentType },
      Conditions: [['content-length-range', 1, largestBytes]],
      Expires: seconds,
    })
    return { url, fields }
  }
}
