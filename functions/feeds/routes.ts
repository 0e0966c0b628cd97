import { createApp, Refused } from '../http/app.ts'
import { feedPorts } from '../wiring.ts'
import { answerFeed } from './answer-feed.ts'

export const app = createApp()

/** Readers come every few minutes at most: the edge answers all of them, and one in five minutes reaches the database. */
const caching = 'public, max-age=300, s-maxage=300, stale-while-revalidate=600, stale-if-error=86400'

app.get('/feeds/*', async (c) => {
  const feed = await answerFeed(feedPorts(), c.req.path)
  if (!feed) throw new Refused('not_found')
  // Public, and the same for everybody: any page of any site may read it.
  return c.body(feed.body, 200, {
    'content-type': feed.contentType,
    'cache-control': caching,
    'access-control-allow-origin': '*',
  })
})
