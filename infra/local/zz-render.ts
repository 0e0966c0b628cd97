import { memoryReader } from '#infra/local/seed/memory-reader.ts'
import { makeDemoEvent } from '#infra/local/seed/make-event.ts'
import { demoOrganisations } from '#infra/local/seed/organisations.ts'
import { programme } from '#infra/local/seed/programme/index.ts'
import { catalogPaths } from '#functions/publisher/publish-all.ts'
const t0 = performance.now()
const { renderPage, fixedPaths } = await import(new URL('../../dist/server/entry.mjs', import.meta.url).href)
console.info('import', performance.now() - t0)
const now = new Date().toISOString()
const reader = memoryReader(programme.map((e) => makeDemoEvent(e, now)), Object.values(demoOrganisations))
const locals = { reader, now, settings: { siteUrl: 'http://localhost:4321', cognito: { userPoolId: 'a', clientId: 'b', authFlow: 'USER_PASSWORD_AUTH' } } }
console.info(fixedPaths)
const paths = [...fixedPaths, ...(await catalogPaths(reader))]
const t = performance.now()
const bad = []
for (const path of paths) { const p = await renderPage(path, locals); if (p.status !== 200) bad.push([path, p.status]) ; if (process.argv[2] === path) console.info(new TextDecoder().decode(p.body)) }
console.info(paths.length, 'pages', performance.now() - t, 'ms', bad)
