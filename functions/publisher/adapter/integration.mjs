import { pageBytes } from './page-bytes.mjs'

/**
 * Makes `astro build` write `dist/site/server/entry.mjs`, which exports `renderPage`, beside the assets in `dist/site/client`.
 * Plain JavaScript, because Astro loads its configuration on any Node.
 *
 * @returns {import('astro').AstroIntegration}
 */
export function publisherAdapter() {
  return {
    name: 'marquee-publisher',
    hooks: {
      // One bundle with everything in it; the development server cannot run CommonJS that way.
      'astro:config:setup': ({ command, updateConfig }) => {
        if (command === 'build') updateConfig({ vite: { ssr: { noExternal: true }, plugins: [pageBytes()] } })
      },
      'astro:config:done': ({ setAdapter }) =>
        setAdapter({
          name: 'marquee-publisher',
          entrypointResolution: 'auto',
          serverEntrypoint: new URL('./entry.ts', import.meta.url),
          supportedAstroFeatures: { serverOutput: 'stable', hybridOutput: 'stable', staticOutput: 'stable' },
        }),
    },
  }
}
