const helper = 'vite/preload-helper.js'
const namesOfParts = /^const __vite__mapDeps=.*\n|,\s*__vite__mapDeps\(\[[\d,]*\]\)/gm

/**
 * Leaves `import('…')` in pages' scripts to the browser. Vite would have a file of 1 KB look beforehand for what the imported file imports,
 * which is one request more than it saves: on a phone that request costs more.
 *
 * @returns {import('vite').Plugin}
 */
export function plainImports() {
  return {
    name: 'marquee-plain-imports',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    // One for each importer, or it would be a file of its own.
    resolveId: (id, importer) => (id.endsWith(helper) ? `\0${importer}?${helper}` : undefined),
    load: (id) => (id.endsWith(helper) ? 'export const __vitePreload = (load) => load()' : undefined),
    generateBundle: {
      order: 'post',
      handler: (_, bundle) => {
        for (const chunk of Object.values(bundle))
          if (chunk.type === 'chunk') chunk.code = chunk.code.replace(namesOfParts, '')
      },
    },
  }
}
