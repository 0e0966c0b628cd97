import { defineMiddleware } from 'astro:middleware'
import { askedFor } from '#src/components/page-locals.ts'
import { staticSite } from './paths.ts'

export const onRequest = defineMiddleware(async ({ locals, url }, next) => {
  Object.assign(locals, askedFor(url.pathname, (await staticSite()).locals)?.locals)
  return next()
})
