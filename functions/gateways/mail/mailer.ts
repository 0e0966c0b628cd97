import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { MailContent } from './mail-content.ts'
import { oneLine } from './markup.ts'

export interface Attachment {
  readonly filename: string
  readonly content: Uint8Array | string
  /** MIME type, parameters allowed. */
  readonly contentType: string
}

export interface Mail extends MailContent {
  readonly to: { readonly name?: string | undefined; readonly email: string }
  readonly replyTo?: string | undefined
  readonly attachments?: readonly Attachment[]
  /** Added to ours; a name outside `A-Z a-z 0-9 -` is a fault. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface Mailer {
  /** Answers SES's message id. @throws RangeError for an address that could carry a second header or recipient */
  send(mail: Mail): Promise<string>
}

export interface MailerOptions {
  readonly sesClient: Pick<SESv2Client, 'send'>
  /** `Marquee <tickets@example.org>` or a bare address that SES has verified. */
  readonly from: string
}

export function createMailer({ sesClient, from }: MailerOptions): Mailer {
  return {
    async send(mail) {
      const Data = await composeMime(mail, from)
      const { MessageId } = await sesClient.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [plainAddress(mail.to.email)] },
          Content: { Raw: { Data } },
        }),
      )
      return MessageId ?? ''
    },
  }
}

function composeMime(mail: Mail, from: string): Promise<Buffer> {
  const headers = Object.entries(mail.headers ?? {}).map(([key, value]) => ({
    key: headerName(key),
    value: oneLine(value),
  }))
  const composer = new MailComposer({
    from,
    to: { name: oneLine(mail.to.name ?? ''), address: plainAddress(mail.to.email) },
    ...(mail.replyTo === undefined ? {} : { replyTo: plainAddress(mail.replyTo) }),
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    headers: [{ key: 'Auto-Submitted', value: 'auto-generated' }, ...headers],
    attachments: (mail.attachments ?? []).map(({ filename, content, contentType }) => ({
      filename: oneLine(filename),
      content: typeof content === 'string' ? content : Buffer.from(content),
      contentType: oneLine(contentType),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

/** One bare address: no white space, control characters, commas, brackets or quotes. */
function plainAddress(email: string): string {
  if (!/^[^\s\p{C}<>()[\]",;:\\@]{1,64}@[^\s\p{C}<>()[\]",;:\\@]{1,255}$/u.test(email))
    throw new RangeError('not a plain e-mail address')
  return email
}

function headerName(name: string): string {
  if (!/^[A-Za-z0-9-]+$/.test(name)) throw new RangeError(`${JSON.stringify(name)} is not a header's name`)
  return name
}
