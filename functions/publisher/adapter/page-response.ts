/**
 * A response that still has the bytes it was made of. To read them back out of Node's own costs a stream and two copies, for each of very
 * many pages. See page-bytes.mjs.
 */
export class PageResponse extends Response {
  readonly rendered: Uint8Array | null

  constructor(body: ConstructorParameters<typeof Response>[0], init?: ResponseInit) {
    super(body instanceof Uint8Array ? null : body, init)
    this.rendered = body instanceof Uint8Array ? body : null
  }
}

let room = Buffer.allocUnsafeSlow(1 << 18)

/** UTF-8 of a text put together from very many; `TextEncoder` takes a third longer for it. */
export function bytesOf(text: string): Uint8Array {
  const most = 3 * text.length
  if (room.length < most) room = Buffer.allocUnsafeSlow(2 * most)
  return Uint8Array.prototype.slice.call(room, 0, room.write(text))
}
