import { Refused } from './app.ts'

/** Cursors are opaque to callers, so that what they hold may change. */
export const encodeCursor = (place: string | null): string | null =>
  place === null ? null : Buffer.from(place).toString('base64url')

const kinds = {
  event: /^EVENT#\d{4}-\d{2}-\d{2}T[\d:.]{12}Z#evt_[0-9a-z]{26}$/,
  place: /^\d{4}-\d{2}-\d{2}T[\d:.]{12}Z#(?:ord|tkt)_[0-9a-z]{26}$/,
}

export function decodeCursor(cursor: string | undefined, kind: keyof typeof kinds): string | undefined {
  if (cursor === undefined) return undefined
  const place = Buffer.from(cursor, 'base64url').toString()
  if (!kinds[kind].test(place))
    throw new Refused('invalid_request', [{ field: 'cursor', message: 'is not one of ours' }])
  return place
}
