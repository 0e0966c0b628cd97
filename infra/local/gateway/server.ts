import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Gateway } from './gateway.ts'
import { type EdgeResponse, edgeError, RequestTooLarge, readViewerRequest } from './viewer.ts'

/** Serves on `localhost`, in both of its addresses where the machine has both. Throws with `EADDRINUSE` on a taken port. */
export async function serve(gateway: Gateway, port: number): Promise<{ port: number; close: () => Promise<void> }> {
  const listener = (message: IncomingMessage, response: ServerResponse) => void handle(gateway, message, response)
  const first = await listen(createServer(listener), port, '127.0.0.1')
  const second = await listen(createServer(listener), first.port, '::1').catch((error: unknown) => {
    if (isMissingFamily(error)) return undefined
    first.server.close()
    throw error
  })
  const close = async () => {
    await Promise.all([first, second].map((one) => one && shut(one.server)))
  }
  return { port: first.port, close }
}

async function handle(gateway: Gateway, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await readViewerRequest(message)
    .then((request) => (request ? gateway(request) : edgeError(400, 'Bad request.')))
    .catch((error: unknown) => {
      if (error instanceof RequestTooLarge) return edgeError(413, 'The request is larger than 6 MB.')
      console.error(`${message.method} ${message.url}:`, error)
      return edgeError(502, 'The origin does not answer.')
    })
  send(answer, message.method, response)
}

function send({ status, headers, cookies = [], body }: EdgeResponse, method = 'GET', response: ServerResponse): void {
  const hasBody = status !== 204 && status !== 304
  response.writeHead(status, {
    ...headers,
    ...(hasBody && { 'content-length': body.length }),
    ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
  })
  response.end(method === 'HEAD' || !hasBody ? undefined : body)
}

async function listen(server: Server, port: number, host: string): Promise<{ server: Server; port: number }> {
  server.keepAliveTimeout = 65_000
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  return { server, port: typeof address === 'object' && address ? address.port : port }
}

const isMissingFamily = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')

async function shut(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
