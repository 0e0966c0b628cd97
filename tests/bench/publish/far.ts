import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** The way to a server on this machine as if it were elsewhere: what it answers arrives so many milliseconds later. */
export async function startWay(to: string, ms: number) {
  const { hostname, port } = new URL(to)
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('close', () => open.delete(socket))
      socket.on('error', () => socket.destroy())
    }
    near.pipe(far)
    far.on('data', (bytes) => void setTimeout(() => near.writable && near.write(bytes), ms))
    far.on('end', () => void setTimeout(() => near.end(), ms))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('not a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
