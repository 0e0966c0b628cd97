import { fileURLToPath } from 'node:url'
import { defineConfig, passthroughImageService } from 'astro/config'
import { publisherAdapter } from './functions/publisher/adapter/integration.mjs'
import { plainImports } from './functions/publisher/adapter/plain-imports.mjs'
import { validAttributes } from './functions/publisher/adapter/valid-attributes.mjs'

// Signs server islands, of which there are none, so it may be public; fixed, it makes equal sources build to equal bytes.
process.env.ASTRO_KEY ??= Buffer.from('no server islands: not a secret!').toString('base64')

/** What several pages' scripts have in common comes as one file: on a phone a request costs more than the few bytes that a page does not use. */
const shared =
  /\/src\/((api|components|domain|i18n)\/.+|islands\/(answers|attempt|memory|read-texts|refusals|search\/found-event))\.ts$/

export default defineConfig({
  output: 'server',
  outDir: './dist/site',
  adapter: publisherAdapter(),
  trailingSlash: 'always',
  build: { inlineStylesheets: 'never' },
  image: { service: passthroughImageService() },
  devToolbar: { enabled: false },
  vite: {
    build: { assetsInlineLimit: 0 },
    environments: {
      client: {
        build: {
          rolldownOptions: {
            output: { codeSplitting: { groups: [{ name: 'shared', test: shared, minShareCount: 2 }] } },
          },
        },
      },
    },
    plugins: [validAttributes(), plainImports()],
    resolve: {
      alias: [{ find: /^alpinejs$/, replacement: fileURLToPath(import.meta.resolve('./src/islands/alpine.ts')) }],
    },
    // Alpine's sources name it.
    define: { ALPINE_VERSION: '""' },
  },
})
