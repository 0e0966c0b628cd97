import { createHash } from 'node:crypto'
import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

export interface Answer {
  readonly status: number
  readonly text: string
}

/** A request with what CloudFront asks of a body, on a connection that is kept: what the generator of the load costs is half a millisecond. */
export function send(
  method: 'POST' | 'PATCH',
  url: string,
  body: object | string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const own = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    'x-amz-content-sha256': createHash('sha256').update(text).digest('hex'),
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers: { ...own, ...headers } }, (response) => {
      let answer = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        answer += part
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: answer }))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(text)
  })
}
