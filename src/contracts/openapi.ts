import { z } from 'zod'
import { problem } from './common.ts'
import { type ApiRoute, apiRoutes, type Caller } from './routes.ts'

type Json = Record<string, unknown>

const description =
  `Errors are RFC 9457 problem documents with a stable \`code\`. Ids carry prefixes and sort by time. Money is
\`{amountMinor, currency}\`. Instants are UTC; an event adds its IANA \`timeZone\`. Lists take \`limit\` and an opaque \`cursor\`. Unknown fields
are refused. A POST that creates takes \`Idempotency-Key\`: a replay answers the first answer.`.replaceAll('\n', ' ')

/** The API as OpenAPI 3.1, made from the schemas that its handlers parse with. */
export function openApiDocument(siteUrl: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of apiRoutes) paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) }
  return {
    openapi: '3.1.1',
    info: { title: 'Marquee', version: '1.0.0', description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: siteUrl }],
    tags: [...new Set(apiRoutes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: schemaOf(problem) },
      responses: {
        Problem: {
          description: 'A refusal or a fault; `errors` names each field of a 422.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-session', description: 'Set by `POST /api/session`.' },
        orderKey: {
          type: 'apiKey',
          in: 'header',
          name: 'x-order-key',
          description: 'The buyer’s secret; also `?key=`.',
        },
        stripeSignature: { type: 'apiKey', in: 'header', name: 'stripe-signature' },
      },
    },
  }
}

function operationOf(route: ApiRoute): Json {
  const { method, path, summary, caller, tag, body, status } = route
  return {
    operationId: operationIdOf(method, path),
    summary,
    description: `For: ${caller}.`,
    tags: [tag],
    security: securityOf(caller),
    parameters: [...pathParameters(path), ...queryParameters(route), ...(route.idempotent ? [idempotencyKey] : [])],
    ...(body ? { requestBody: { required: true, content: jsonOf(schemaOf(body)) } } : {}),
    responses: { [status]: answerOf(route), default: { $ref: '#/components/responses/Problem' } },
  }
}

function answerOf({ status, answer, contentType }: ApiRoute): Json {
  if (answer) return { description: status === 201 ? 'Created' : 'OK', content: jsonOf(schemaOf(answer)) }
  if (status === 302) return { description: `A short-lived link to ${contentType}`, headers: { location: text } }
  return { description: 'OK', ...(contentType ? { content: { [contentType]: { schema: { type: 'string' } } } } : {}) }
}

const text = { schema: { type: 'string' } }
const idempotencyKey = {
  ...{ name: 'Idempotency-Key', in: 'header', required: true },
  schema: { type: 'string', minLength: 16, maxLength: 200 },
}

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, ...text }))

function queryParameters({ query }: ApiRoute): Json[] {
  if (!query) return []
  const { properties = {} } = z.object({ properties: z.record(z.string(), z.unknown()) }).parse(schemaOf(query))
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }))
}

function securityOf(caller: Caller): Json[] {
  if (caller === 'anyone') return []
  if (caller === 'Stripe') return [{ stripeSignature: [] }]
  return caller === 'order' || caller === 'buyer' ? [{ orderKey: [] }, { session: [] }] : [{ session: [] }]
}

const jsonOf = (schema: Json): Json => ({ 'application/json': { schema } })

/** What is sent, in both directions: some schemas normalise what they read, which JSON Schema cannot say. */
function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return rest
}

/** `get /api/orders/{orderId}/tickets.pdf` → `getOrdersByOrderIdTicketsPdf`. */
function operationIdOf(method: string, path: string): string {
  const words = path
    .replace(/^\/api/, '')
    .replaceAll('{', 'by-')
    .split(/[^a-zA-Z]+/)
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
