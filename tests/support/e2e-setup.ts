import { SITE_VARIABLE } from './site.ts'
import { removeFolder, startStackProcess, temporaryFolder } from './stack.ts'

/** Playwright's global set-up: one stack for all walks, on a free port and an empty state folder. */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[SITE_VARIABLE]) return undefined
  const folder = await temporaryFolder()
  const stack = await startStackProcess({ folder })
  process.env[SITE_VARIABLE] = stack.url
  return async () => {
    await stack.end()
    if (process.env.CI) console.info(stack.output())
    await removeFolder(folder)
  }
}
