// CloudFront Functions, JavaScript runtime 2.0: plain script, no imports, at most 10 KB.
// Runs before the cache for every path of the site's bucket.

/** `/city/seville` is moved to `/city/seville/`, and `/city/seville/` is read from `/city/seville/index.html`. */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const request = event.request
  const host = request.headers.host ? request.headers.host.value : ''
  if (host.startsWith('www.')) return movedTo(`https://${host.slice(4)}${tidy(request.uri)}`, request.querystring)

  const path = tidy(request.uri)
  if (path.endsWith('/index.html')) return movedTo(path.slice(0, -10), request.querystring)
  const name = path.slice(path.lastIndexOf('/') + 1)
  const isFile = name.includes('.')
  if (!isFile && name !== '' && isApi(path)) return noSuchRoute()
  if (!isFile && name !== '') return movedTo(`${path}/`, request.querystring)
  if (path !== request.uri) return movedTo(path, request.querystring)
  if (name === '') request.uri = `${path}index.html`
  return request
}

const isApi = (path) => path.startsWith('/api/') || path.startsWith('/webhooks/')

/** One slash where there are several: a Location that starts with two would lead to another site. */
const tidy = (uri) => uri.replace(/[/\\]{2,}/g, '/')

function movedTo(path, querystring) {
  const query = Object.keys(querystring).flatMap((name) => {
    const { value, multiValue } = querystring[name]
    return (multiValue || [{ value }]).map((one) => (one.value === '' ? name : `${name}=${one.value}`))
  })
  const location = query.length > 0 ? `${path}?${query.join('&')}` : path
  const headers = { location: { value: location }, 'cache-control': { value: 'public, max-age=3600' } }
  return { statusCode: 301, statusDescription: 'Moved Permanently', headers }
}

/** What no function answers to looks like every other problem of the API. */
function noSuchRoute() {
  const type = 'https://marquee.dev/problems/not_found'
  const title = 'There is nothing here, or it is not yours.'
  const problem = { type, title, status: 404, code: 'not_found', requestId: 'edge' }
  const headers = {
    'content-type': { value: 'application/problem+json' },
    'cache-control': { value: 'no-store' },
  }
  const body = { encoding: 'text', data: JSON.stringify(problem) }
  return { statusCode: 404, statusDescription: 'Not Found', headers, body }
}
