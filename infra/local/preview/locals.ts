import { defineMiddleware } from 'astro:middleware'
import { askedFor } from '#src/components/page-locals.ts'
import { makeDemoEvent } from '../seed/make-event.ts'
import { memoryReader } from '../seed/memory-reader.ts'
import { demoOrganisations } from '../seed/organisations.ts'
import { programme } from '../seed/programme/index.ts'

const now = new Date().toISOString()
const sold = { sold_out: 'sold_out', nearly_sold_out: 'low' } as const
const events = programme.map((event) => {
  const made = makeDemoEvent(event, now)
  const isSold = event.state === 'sold_out' || event.state === 'nearly_sold_out'
  return isSold ? { ...made, saleState: sold[event.state] } : made
})

export const onRequest = defineMiddleware(({ locals, url }, next) => {
  const asked = askedFor(url.pathname, {
    reader: memoryReader(events, Object.values(demoOrganisations)),
    settings: {
      siteUrl: url.origin,
      cognito: {
        userPoolId: 'us-east-1_LocalPool',
        clientId: 'preview',
        endpoint: `${url.origin}/cognito`,
        authFlow: 'USER_PASSWORD_AUTH',
      },
    },
    now,
  })
  Object.assign(locals, asked?.locals)
  return asked?.path === url.pathname ? next() : next(asked?.path ?? '/404/')
})
