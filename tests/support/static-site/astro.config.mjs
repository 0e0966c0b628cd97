import { readFile } from 'node:fs/promises'
import { defineConfig } from 'astro/config'
import server from '../../../astro.config.mjs'
import { validAttributes } from '../../../functions/publisher/adapter/valid-attributes.mjs'

/** It reads the pages' sources too, and of two plugins only the first one is asked. */
const attributes = validAttributes()

/** Pages whose paths come from the data: the routes' own files say nothing of it, since the publisher finds them by the catalog. */
const withParameters = /\/src\/pages\/.*\[[^\]]+\].*\.(astro|ts)$/

/** What a static build needs beside the pages: their paths, and the data in `Astro.locals`. */
const fromRecords = {
  name: 'marquee-static',
  hooks: {
    'astro:config:setup': ({ addMiddleware, updateConfig }) => {
      addMiddleware({ entrypoint: new URL('./middleware.ts', import.meta.url), order: 'pre' })
      updateConfig({ vite: { environments: { prerender: { resolve: { noExternal: true } } } } })
    },
  },
}

const givePaths = {
  name: 'marquee-static-paths',
  enforce: 'pre',
  async load(id) {
    if (!withParameters.test(id)) return undefined
    const code = id.endsWith('.astro') ? await attributes.load.handler(id) : await readFile(id, 'utf8')
    const from = JSON.stringify(new URL('./paths.ts', import.meta.url).pathname)
    const page = JSON.stringify(id.slice(id.indexOf('/src/pages/') + '/src/pages'.length))
    const added = `export async function getStaticPaths() { return (await import(${from})).pathsOfPage(${page}) }\n`
    return id.endsWith('.astro') ? code.replace(/^---\n/, `---\n${added}`) : code + added
  },
}

export default defineConfig({
  ...server,
  root: new URL('../../../', import.meta.url).pathname,
  output: 'static',
  adapter: undefined,
  outDir: process.env.STATIC_SITE_OUT,
  cacheDir: `${process.env.STATIC_SITE_OUT}-cache`,
  vite: { ...server.vite, plugins: [givePaths, ...(server.vite?.plugins ?? [])] },
  integrations: [...(server.integrations ?? []), fromRecords],
})
