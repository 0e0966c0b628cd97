import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { SESv2Client } from '@aws-sdk/client-sesv2'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createMailer, type Mail } from './mailer.ts'

type StartSes = (config: { port: number; host: string }) => Promise<Server>
const { default: startSes }: { default: StartSes } = createRequire(import.meta.url)('aws-ses-v2-local')
const server = await startSes({ port: 0, host: '127.0.0.1' })
const endpoint = `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`
const sesClient = new SESv2Client({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
})

let mime = ''
sesClient.middlewareStack.add(
  (next) => (args) => {
    const raw = z.object({ Content: z.object({ Raw: z.object({ Data: z.instanceof(Uint8Array) }) }) }).parse(args.input)
    mime = Buffer.from(raw.Content.Raw.Data).toString('utf8')
    return next(args)
  },
  { step: 'initialize' },
)

const mailer = createMailer({ sesClient, from: 'Marquee <tickets@example.org>' })
const mail: Mail = {
  to: { name: 'Ana Ruiz', email: 'ana@example.org' },
  subject: 'Tickets',
  text: 'words',
  html: '<p>words</p>',
}

const storedMail = z.object({
  from: z.string(),
  destination: z.object({ to: z.array(z.string()), cc: z.array(z.string()), bcc: z.array(z.string()) }),
  replyTo: z.array(z.string()),
  subject: z.string(),
  body: z.object({ text: z.string(), html: z.string() }),
  attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), content: z.string() })),
})

async function inbox() {
  const answer = await fetch(`${endpoint}/store`)
  return z.object({ emails: z.array(storedMail) }).parse(await answer.json()).emails
}

const headerNames = () => {
  const [head = ''] = mime.split('\r\n\r\n')
  return head.split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(':')).toLowerCase())
}

beforeEach(async () => {
  await fetch(`${endpoint}/clear-store`, { method: 'POST' })
})
afterAll(() => server.close())

test('a mail arrives with both readings and its attachments byte for byte', async () => {
  const pdf = Uint8Array.from({ length: 300 }, (_, at) => at % 256)
  const attachments = [
    { filename: 'tickets.pdf', content: pdf, contentType: 'application/pdf' },
    { filename: 'event.ics', content: 'BEGIN:VCALENDAR', contentType: 'text/calendar; charset=utf-8; method=PUBLISH' },
  ]
  expect(
    await mailer.send({
      ...mail,
      subject: 'Your tickets: 春の夜 – Café',
      attachments,
      replyTo: 'hello@molino.example',
    }),
  ).not.toBe('')
  expect(await inbox()).toMatchObject([
    {
      from: '"Marquee" <tickets@example.org>',
      destination: { to: ['"Ana Ruiz" <ana@example.org>'], cc: [], bcc: [] },
      subject: 'Your tickets: 春の夜 – Café',
      body: { text: 'words', html: '<p>words</p>' },
      attachments: [
        { filename: 'tickets.pdf', contentType: 'application/pdf', content: Buffer.from(pdf).toString('base64') },
        { filename: 'event.ics', contentType: 'text/calendar' },
      ],
    },
  ])
  expect(mime).toContain('method=PUBLISH')
})

test('line breaks in a name, a subject, a header or a file name add no header and no recipient', async () => {
  const breakOut = 'x\r\nBcc: victim@evil.example\r\nX-Evil: 1\r\n\r\n<script>alert(1)</script>'
  await mailer.send({
    ...mail,
    to: { name: `"Ana" <other@evil.example>, ${breakOut}`, email: 'ana@example.org' },
    subject: breakOut,
    headers: { 'X-Order': breakOut },
    attachments: [{ filename: breakOut, content: 'a', contentType: `text/plain${breakOut}` }],
  })
  expect(headerNames()).toContain('x-order')
  expect(headerNames()).not.toContain('bcc')
  expect(headerNames()).not.toContain('x-evil')
  expect(mime).not.toMatch(/^(bcc|x-evil):/im)
  const [arrived] = await inbox()
  expect(arrived?.destination).toMatchObject({ cc: [], bcc: [] })
  expect(arrived?.destination.to).toHaveLength(1)
  expect(arrived?.body.html).toBe('<p>words</p>')
})

test.each([
  'a@b.example\r\nBcc: c@d.example',
  'a@b.example, c@d.example',
  '<a@b.example>',
  'a b@c.example',
  'a@b@c.example',
  '',
  'nobody',
])('the address %j is refused and nothing is sent', async (email) => {
  await expect(mailer.send({ ...mail, to: { email } })).rejects.toThrow(RangeError)
  await expect(mailer.send({ ...mail, replyTo: email })).rejects.toThrow(RangeError)
  expect(await inbox()).toEqual([])
})

test('a header name with a colon or a line break is refused', async () => {
  await expect(mailer.send({ ...mail, headers: { 'X-A: 1\r\nBcc': 'c@d.example' } })).rejects.toThrow(RangeError)
})

test('addresses outside ASCII are sent', async () => {
  await mailer.send({ ...mail, to: { email: 'josé@correo.example' } })
  expect(await inbox()).toHaveLength(1)
})
