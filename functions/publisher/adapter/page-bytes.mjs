const renderer = /\/astro\/dist\/runtime\/server\/render\/page\.js$/
const from = new URL('./page-response.ts', import.meta.url).pathname

/**
 * Has Astro make the bytes of what it rendered with `bytesOf` and answer them in a `PageResponse`, which gives them back as they are. That
 * this version of Astro has both where we look is a unit test's business: whoever made a response anew from this one would lose its body.
 *
 * @returns {import('vite').Plugin}
 */
export function pageBytes() {
  return {
    name: 'marquee-page-bytes',
    transform: {
      filter: { id: renderer },
      handler: (code) => ({
        code: `import { bytesOf, PageResponse } from ${JSON.stringify(from)}\n${code
          .replaceAll('new Response(', 'new PageResponse(')
          .replaceAll('encoder.encode(', 'bytesOf(')}`,
        map: null,
      }),
    },
  }
}
