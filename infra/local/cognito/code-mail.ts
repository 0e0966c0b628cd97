import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import type { Messages } from 'cognito-local/lib/services/messages.js'

type Wording = { subject: string; text: string }

/** What Cognito writes to people; `{####}` stands for the code, as in the templates of a pool at AWS. */
export const codeMails: { signUp: Wording; reset: Wording } = {
  signUp: { subject: 'Your Marquee code', text: 'Your code is {####}. It confirms your e-mail address at Marquee.' },
  reset: {
    subject: 'Reset your Marquee password',
    text: 'Your code is {####}. It lets you choose a new password at Marquee.',
  },
}

/** Sends the codes through SES, as Cognito does at AWS. */
export function codeMessages(ses: SESv2Client, from: string): Messages {
  return {
    deliver: async (_context, source, _clientId, _userPoolId, _user, code, _metadata, { Destination }) => {
      const { subject, text } = source === 'ForgotPassword' ? codeMails.reset : codeMails.signUp
      await ses.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [Destination] },
          Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: text.replace('{####}', code) } } } },
        }),
      )
    },
  }
}
