/** What `IslandTexts.astro` has put into the page. */
export const readTexts = <T extends object>(): T => JSON.parse(document.getElementById('texts')?.textContent ?? '{}')
