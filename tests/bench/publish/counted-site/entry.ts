import type { BuiltSite } from '#functions/publisher/adapter/render.ts'
import { siteRenderer } from '#infra/local/stack/site-build.ts'

const built: BuiltSite = await import(siteRenderer)

/** The paths that were rendered since somebody last looked. */
export const rendered: string[] = []

/** The built site, counting: for a publisher that knows nothing of it. */
export const { fixedPaths } = built
export const renderPage: BuiltSite['renderPage'] = (path, locals) => {
  rendered.push(path)
  return built.renderPage(path, locals)
}
