import { readFile } from 'node:fs/promises'

/** Alpine's directives, as components write them. */
const directive =
  /(?<![\w-])x-(?=(?:bind|cloak|data|effect|for|html|id|if|ignore|init|model|modelable|on|ref|show|teleport|text|transition)\b)/g

/**
 * Writes `x-on:click` as `data-x-on:click`: HTML knows no attribute of another's making but `data-…`. `src/islands/alpine.ts` has
 * Alpine look for these names.
 *
 * @returns {import('vite').Plugin}
 */
export function validAttributes() {
  return {
    name: 'marquee-valid-attributes',
    enforce: 'pre',
    load: {
      filter: { id: /\.astro$/ },
      handler: async (id) => (await readFile(id, 'utf8')).replace(directive, 'data-x-'),
    },
  }
}
