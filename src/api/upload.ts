export interface UploadForm {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

export type Sent = 'sent' | 'empty' | 'too_large' | 'expired' | 'offline' | 'not_taken'

const refusals: Readonly<Record<string, Sent>> = {
  EntityTooSmall: 'empty',
  EntityTooLarge: 'too_large',
  AccessDenied: 'expired',
}

/** Sends a file by a signed form. Never throws. `fetch` cannot tell how far a request has come, so this is the older way. */
export function sendFile(
  { url, fields }: UploadForm,
  file: File,
  onProgress: (percent: number) => void,
): Promise<Sent> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append('file', file)
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? Math.floor((100 * loaded) / total) : 0)
    request.onload = () => {
      const code = /<Code>(\w+)<\/Code>/.exec(request.responseText)?.[1] ?? ''
      resolve(request.status < 300 ? 'sent' : (refusals[code] ?? 'not_taken'))
    }
    request.onerror = () => resolve('offline')
    request.onabort = () => resolve('offline')
    request.open('POST', url)
    request.send(body)
  })
}
