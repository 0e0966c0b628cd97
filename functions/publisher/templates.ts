import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A name for the built templates beside `entry`: other bytes, another name. */
export async function hashOfTemplates(entry: string): Promise<string> {
  const files = await readdir(dirname(entry), { recursive: true, withFileTypes: true })
  const paths = files.filter((file) => file.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const hash = createHash('sha256')
  for (const path of paths.sort()) {
    hash
      .update(path.slice(dirname(entry).length))
      .update('\0')
      .update(await readFile(path))
      .update('\0')
  }
  return hash.digest('base64url')
}
