import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers a request; null hangs up without an answer. */
export type Fetch = (request: Request) => Promise<Response | null>

const LARGEST_BODY_BYTES = 1_000_000
/** Longer than clients keep an idle connection, so that none sends a request into one that is being closed. */
const KEEP_ALIVE_MILLISECONDS = 75_000

/** Serves `fetch` on node:http. The server listens when the promise resolves. */
export async function serve(fetch: Fetch, { host, port }: { host: string; port: number }) {
  const server = createServer((incoming, outgoing) => {
    handle(fetch, incoming, outgoing).catch(() => incoming.socket.destroy())
  })
  server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: portOf(server.address()),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === 'object' && address) return address.port
  throw new Error('The server has no port')
}

async function handle(fetch: Fetch, incoming: IncomingMessage, outgoing: ServerResponse) {
  const response = await fetch(await requestFrom(incoming))
  if (!response) {
    incoming.socket.destroy()
    return
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}

async function requestFrom(incoming: IncomingMessage): Promise<Request> {
  const method = incoming.method ?? 'GET'
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers.set(name, String(value))
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? 'localhost'}`)
  const body = method === 'GET' || method === 'HEAD' ? null : await bodyOf(incoming)
  return new Request(url, { method, headers, body })
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    size += chunk.length
    if (size > LARGEST_BODY_BYTES) throw new Error('The request is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
