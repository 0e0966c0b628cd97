import { Refused } from './app.ts'

/** Cursors are opaque to callers, so that what they hold may change. */
export const encodeCursor = (place: string | null): string | null =>
  place === null ? null : Buffer.from(place).toString('base64url')

export function decodeCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const place = Buffer.from(cursor, 'base64url').toString()
  if (!/^[\x21-\x7e]{1,500}$/.test(place))
    throw new Refused('invalid_request', [{ field: 'cursor', message: 'is not one of ours' }])
  return place
}
