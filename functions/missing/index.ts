import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { siteFiles } from '../wiring.ts'

/**
 * The edge asks here when the site's bucket has no such object. CloudFront's own error pages would do it without a function, but
 * they hold for the whole distribution: every 404 of the API would become a page.
 */
export async function handler(): Promise<APIGatewayProxyStructuredResultV2> {
  const page = await siteFiles().readFile('404.html')
  return {
    statusCode: 404,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=0, s-maxage=10' },
    body: page ? Buffer.from(page).toString('utf8') : '<!doctype html><title>Not found</title><h1>Not found</h1>',
  }
}
