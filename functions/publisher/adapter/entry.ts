import { createApp } from 'astro/app/entrypoint'
import { publishedWith } from '#contracts/site.ts'
import { askedFor } from '#src/components/page-locals.ts'
import { PageResponse } from './page-response.ts'
import type { BuiltSite } from './render.ts'

const notFoundPath = '/404.html'

const app = createApp({ streaming: false })

// Astro imports a page's module at each render; what Node has loaded it need not be asked for again.
const { pageMap = new Map() } = app.manifest
for (const [page, load] of pageMap) {
  pageMap.set(page, async () => {
    const module = await load()
    pageMap.set(page, async () => module)
    return module
  })
}

const kept = new Map<string, string>()

/** Pages and endpoints without a parameter; what they show may change, that they exist does not. */
export const fixedPaths: BuiltSite['fixedPaths'] = app.manifest.routes.flatMap(
  ({ routeData: { pathname, origin } }) => {
    if (pathname === undefined || origin === 'internal') return []
    if (pathname === '/404') return [notFoundPath]
    return /\.\w+$/.test(pathname) || pathname.endsWith('/') ? [pathname] : [`${pathname}/`]
  },
)

/** Renders one page or endpoint of src/pages. A path that no data stands behind answers 404. */
export const renderPage: BuiltSite['renderPage'] = async (address, locals) => {
  const asked = askedFor(address, locals)
  if (!asked) return { status: 404, contentType: 'text/html; charset=utf-8', body: new Uint8Array() }
  const url = new URL(asked.path === notFoundPath ? '/404/' : asked.path, locals.settings.siteUrl)
  const response = await app.render(new Request(url), { locals: { ...asked.locals, kept } })
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? 'text/html; charset=utf-8',
    body: (response instanceof PageResponse && response.rendered) || new Uint8Array(await response.arrayBuffer()),
    publishedWith: (response.headers.get(publishedWith) ?? '').split(' ').filter((one) => one !== ''),
  }
}
