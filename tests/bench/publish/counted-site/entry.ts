import type { BuiltSite } from '#functions/publisher/adapter/render.ts'
import { siteRenderer } from '#infra/local/stack/site-build.ts'

const built: BuiltSite = await import(siteRenderer)

/** How many pages were rendered since somebody last looked. */
export const rendered = { count: 0 }

/** The built site, counting: for a publisher that knows nothing of it. */
export const { fixedPaths } = built
export const renderPage: BuiltSite['renderPage'] = (path, locals) => {
  rendered.count++
  return built.renderPage(path, locals)
}
