/** Events' own pages are published, and what they are made of is kept, in so many parts side by side. */
export const pageBuckets = 4

/** FNV-1a of an id: the same id is always in the same bucket. */
export function bucketOf(id: string, buckets: number): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  return (hash >>> 0) % buckets
}
