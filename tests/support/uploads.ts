import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import type { AppEnv } from '#functions/http/app.ts'
import { startS3Server } from '#infra/local/s3/server.ts'
import { testEnvironment } from './api.ts'
import { type Desk, newKey, type Person } from './desk.ts'

export interface Form {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

/** S3 with the buckets of the test environment; call it before anything reaches for `s3()`. */
export async function startTestS3(deliver: (event: unknown) => Promise<unknown>) {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-uploads-'))
  const server = await startS3Server({
    port: 0,
    folder,
    region: 'us-east-1',
    accessKeyId: testEnvironment.AWS_ACCESS_KEY_ID,
    secretAccessKey: testEnvironment.AWS_SECRET_ACCESS_KEY,
    buckets: [testEnvironment.SITE_BUCKET, testEnvironment.FILES_BUCKET],
    subscription: { bucket: testEnvironment.FILES_BUCKET, prefix: 'uploads/', deliver },
  })
  process.env.AWS_ENDPOINT_URL_S3 = server.url
  return {
    url: server.url,
    close: async () => {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Posts as a browser does; answers the status and the code of S3's refusal. */
export async function post(
  { url, fields }: Form,
  file: Uint8Array,
  changes: Readonly<Record<string, string>> = {},
): Promise<string> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...fields, ...changes })) form.append(name, value)
  form.append('file', new Blob([Uint8Array.from(file)]), 'picture.png')
  const response = await fetch(url, { method: 'POST', body: form })
  return [response.status, /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1]].filter(Boolean).join(' ')
}

/** Asks for a form and polls for what became of the file, as the desk does. */
export function uploader(desk: Desk, app: Hono<AppEnv>, person: Person = 'owner') {
  const browser = desk.as(person, app)
  const ask = (path: string, body: object = {}, key = newKey()) =>
    browser.call(
      'POST',
      path,
      { contentType: 'image/png', bytes: 1000, alt: 'A mill by the river', ...body },
      { 'idempotency-key': key },
    )
  async function outcome(path: string, uploadId: string): Promise<string> {
    for (let tries = 0; tries < 300; tries++) {
      const { json } = await browser.call('GET', `${path}/${uploadId}`)
      if (json.upload.state !== 'waiting') return json.upload.reason ?? json.upload.state
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return 'still waiting'
  }
  async function send(path: string, file: Uint8Array, body: object = {}): Promise<string> {
    const { json } = await ask(path, body)
    const posted = await post(json.form, file)
    return posted === '204' ? outcome(path, json.upload.id) : posted
  }
  return { ask, outcome, send, call: browser.call }
}
