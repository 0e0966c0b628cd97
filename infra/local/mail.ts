import { once } from 'node:events'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'

const require = createRequire(import.meta.url)
const ses: typeof import('aws-ses-v2-local') = require('aws-ses-v2-local')
const inbox: typeof import('aws-ses-v2-local/dist/store.js') = require('aws-ses-v2-local/dist/store.js')
type Email = Parameters<typeof inbox.saveEmail>[0]

export type RunningMail = { url: string; port: number; close: () => Promise<void> }

type Options = {
  /** 0 takes a free port. */
  port: number
  /** Where the e-mails are kept, one a line; only in memory when absent. */
  stateFile?: string
}

/** What the inbox calls as each e-mail arrives, before its sender is answered, and as all are cleared. */
const { saveEmail, clearStore } = inbox

/** Starts SES v2 with its inbox page at `/` and its JSON at `/store`. A process has one inbox, however many are started. */
export async function startMail({ port, stateFile }: Options): Promise<RunningMail> {
  clearStore()
  Object.assign(inbox, { saveEmail, clearStore })
  if (stateFile !== undefined) keepInFile(stateFile)
  const server = await ses.default({ host: '127.0.0.1', port })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error(`Mail did not start: is port ${port} taken?`)
  server.keepAliveTimeout = 65_000
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function keepInFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const { emails } = inbox.getStoreReadonly()
  for (const line of linesOf(path)) {
    const email = parseEmail(line)
    if (email) emails.push(email)
  }
  Object.assign(inbox, {
    saveEmail: (email: Email) => {
      appendFileSync(path, `\n${JSON.stringify(email)}`)
      saveEmail(email)
    },
    clearStore: () => {
      writeFileSync(path, '')
      clearStore()
    },
  })
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}

/** A line that a killed process left unfinished is no e-mail: its sender had no answer. */
function parseEmail(line: string): Email | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
