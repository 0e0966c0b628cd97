import type { APIRoute } from 'astro'
import { openApiDocument } from '#contracts/openapi.ts'

export const GET: APIRoute = ({ locals }) => Response.json(openApiDocument(locals.settings.siteUrl))
