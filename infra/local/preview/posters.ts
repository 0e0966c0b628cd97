import type { IncomingMessage, ServerResponse } from 'node:http'
import { renderPosters } from '../seed/art/render-posters.ts'
import { demoEventId } from '../seed/make-event.ts'
import { programme } from '../seed/programme/index.ts'

/** Answers `EVENT_ID/poster-480.webp` and its like; false for anything else. */
export async function servePosters(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const [, eventId = '', file = ''] = request.url?.split(/[/?]/) ?? []
  const event = programme.find((candidate) => demoEventId(candidate) === eventId)
  const poster = event && (await renderPosters(event)).find(({ name }) => name === file)
  if (!poster) return false
  response.writeHead(200, { 'content-type': poster.contentType }).end(poster.body)
  return true
}
