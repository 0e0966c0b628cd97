/**
 * `node infra/local/preview.ts --port N`: every page from the demo programme, rendered anew on each request, without a database.
 * For whoever designs pages: what they show is what the publisher would write.
 */
import { parseArgs } from 'node:util'
import { type AstroIntegration, dev } from 'astro'
import { servePosters } from './preview/posters.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '4321' } } })

const demoData: AstroIntegration = {
  name: 'demo-data',
  hooks: {
    'astro:config:setup': ({ addMiddleware }) =>
      addMiddleware({ order: 'pre', entrypoint: new URL('./preview/locals.ts', import.meta.url) }),
    'astro:server:setup': ({ server }) => {
      server.middlewares.use('/media/', (request, response, next) => {
        servePosters(request, response).then((served) => served || next(), next)
      })
    },
  },
}

process.env.ASTRO_TELEMETRY_DISABLED = '1'
await dev({
  root: new URL('../../', import.meta.url).pathname,
  integrations: [demoData],
  server: { port: Number(values.port), host: '127.0.0.1' },
})
