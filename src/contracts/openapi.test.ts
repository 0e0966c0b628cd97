import { expect, test } from 'vitest'
import { z } from 'zod'
import { openApiDocument } from './openapi.ts'
import { apiRoutes } from './routes.ts'

const operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']) })),
  responses: z.record(z.string(), z.unknown()),
})
const document = z
  .object({ openapi: z.literal('3.1.1'), paths: z.record(z.string(), z.record(z.string(), operation)) })
  .parse(openApiDocument('https://tickets.example'))
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))

test('every route is in the document, under a name of its own', () => {
  expect(operations).toHaveLength(apiRoutes.length)
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(apiRoutes.length)
})

test('a route names its path parameters, and a creating one its idempotency key', () => {
  const put = document.paths['/api/organiser/events/{eventId}/ticket-types/{ticketTypeId}']?.put
  expect(put?.parameters.map(({ name }) => name)).toEqual(['eventId', 'ticketTypeId'])
  const order = document.paths['/api/orders']?.post
  expect(order?.parameters.map(({ name }) => name)).toEqual(['Idempotency-Key'])
  expect(Object.keys(order?.responses ?? {})).toEqual(['201', 'default'])
})

test('request schemas refuse unknown fields as the handlers do, and say what an id looks like', () => {
  const text = JSON.stringify(openApiDocument('https://tickets.example').paths)
  expect(text).toContain('"additionalProperties":false')
  expect(text).toContain('^evt_[0-7][0-9a-hjkmnp-tv-z]{25}$')
})
