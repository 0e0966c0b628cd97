import { crc32 } from 'node:zlib'

/**
 * A full publish is done in parts, side by side: each has its own pages, by chance, with its own progress and its own notes. Each reads
 * all lists and warms up by itself: more of them cost more in all. Why four: docs/decisions/0025-full-publish.md.
 */
const count = 4
export const parts: readonly number[] = Array.from({ length: count }, (_, part) => part)

export const partOf = (path: string): number => crc32(path) % count
