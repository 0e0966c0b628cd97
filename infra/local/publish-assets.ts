import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import type { Files } from '#functions/gateways/files.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

const filesAtOnce = 8

/**
 * Puts `dist/site/client` beside the pages. What the build named by its content stays for good, also when a newer build no longer
 * needs it: a page that somebody has open may still ask for it. Answers how many files were written.
 */
export async function publishAssets(files: Pick<Files, 'readHead' | 'putFile'>, folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const queue = entries.filter((entry) => entry.isFile()).values()
  let written = 0
  const work = async () => {
    for (const { parentPath, name } of queue) {
      const path = join(parentPath, name)
      written += (await publishAsset(files, relative(folder, path), await readFile(path))) ? 1 : 0
    }
  }
  await Promise.all(Array.from({ length: filesAtOnce }, work))
  return written
}

async function publishAsset(
  files: Pick<Files, 'readHead' | 'putFile'>,
  key: string,
  body: Uint8Array,
): Promise<boolean> {
  const isNamedByContent = key.startsWith('_astro/')
  const cacheControl = isNamedByContent ? 'public, max-age=31536000, immutable' : 'public, max-age=3600'
  const contentType = contentTypes[extname(key)] ?? 'application/octet-stream'
  const fingerprint = createHash('sha256').update(`${contentType}\n${cacheControl}\n`).update(body).digest('base64url')
  if ((await files.readHead(key))?.fingerprint === fingerprint) return false
  return files.putFile(key, { body, contentType, cacheControl, fingerprint })
}
