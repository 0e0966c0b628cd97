import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import type { EventRecord } from '#domain/catalog.ts'
import { movedList, movedPath } from '#domain/event-address.ts'
import { splitPath } from '#domain/languages.ts'
import { isPublic } from '#domain/listings.ts'
import { movedPorts } from '../wiring.ts'
import { calendarFile } from './calendar-file.ts'

/**
 * The edge asks here when the site's bucket has no such object. CloudFront's own error pages would do it without a function, but
 * they hold for the whole distribution: every 404 of the API would become a page.
 *
 * An address that an event once had leads to where it is now: the catalog knows both, so nothing else has to be kept in step.
 */
export async function handler({ rawPath }: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const event = await eventAt(rawPath)
  const moved = movedList(rawPath) ?? (event && movedPath(rawPath, event))
  if (moved !== null) return { statusCode: 301, headers: { ...movedHeaders, location: moved } }
  const calendar = event && calendarFile(rawPath, event, movedPorts().siteUrl)
  if (calendar !== null) return { statusCode: 200, headers: calendarHeaders, body: calendar }
  const page = await movedPorts().missingPage(splitPath(rawPath).language)
  return {
    statusCode: 404,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=0, s-maxage=10' },
    body: page ? Buffer.from(page).toString('utf8') : '<!doctype html><title>Not found</title><h1>Not found</h1>',
  }
}

/** An event may move back: a browser that kept both ways would go round between them. */
const movedHeaders = { 'cache-control': 'public, max-age=0, s-maxage=1' }

const calendarHeaders = {
  'content-type': 'text/calendar; charset=utf-8',
  'cache-control': 'public, max-age=0, s-maxage=10, stale-if-error=86400',
}

async function eventAt(path: string): Promise<EventRecord | null> {
  const [, slug] = /^(?:\/[a-z]{2})?\/events\/([a-z0-9-]{1,80})\//.exec(path) ?? []
  const event = slug === undefined ? null : await movedPorts().eventAt(slug)
  return event && isPublic(event) ? event : null
}
