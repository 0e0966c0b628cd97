import type { SiteLocals } from '#contracts/site.ts'

export interface RenderedPage {
  readonly status: number
  readonly contentType: string
  readonly body: Uint8Array
  /** Paths of its header `publishedWith`. */
  readonly publishedWith?: readonly string[]
}

/** What the built site exports: `path` in, bytes out, from current data and nothing else. */
export type RenderPage = (path: string, locals: SiteLocals) => Promise<RenderedPage>

/** What the built site's `entry.mjs` exports. */
export interface BuiltSite {
  readonly renderPage: RenderPage
  /** Pages and endpoints without a parameter, such as `/about/`. */
  readonly fixedPaths: readonly string[]
}
