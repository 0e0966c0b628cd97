import { defineMiddleware } from 'astro:middleware'
import { staticSite } from './paths.ts'

export const onRequest = defineMiddleware(async ({ locals }, next) => {
  Object.assign(locals, (await staticSite()).locals)
  return next()
})
