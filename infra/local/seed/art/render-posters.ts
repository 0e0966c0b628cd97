import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { encodeVariants, type Pixels } from '#functions/gateways/pictures/encode-variants.ts'
import type { DemoEvent } from '../programme/demo-event.ts'
import { drawPoster } from './draw-poster.ts'
import { posterWidths } from './picture.ts'

export interface PosterFile {
  readonly name: string
  readonly contentType: string
  readonly body: Uint8Array
}

const root = fileURLToPath(new URL('../../../../', import.meta.url))
/** Encoding all posters takes ten seconds of a processor: further stacks of the same sources find them here. */
const kept = join(root, 'dist', 'posters')
const encoder = join(root, 'functions/gateways/pictures/encode-variants.ts')
const contentTypes: Readonly<Record<string, string>> = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' }

/** Every file of an event's picture, by the encoder of those that organisers send. */
export async function renderPosters(event: DemoEvent): Promise<readonly PosterFile[]> {
  const drawing = drawPoster(event)
  const madeFrom = [drawing, posterWidths.join(), sharp.versions.sharp, await readFile(encoder)]
  const hash = createHash('sha256')
  for (const part of madeFrom) hash.update(part).update('\0')
  const folder = join(kept, hash.digest('hex'))
  return (await readPosters(folder)) ?? (await keepPosters(folder, drawing))
}

async function readPosters(folder: string): Promise<readonly PosterFile[] | undefined> {
  const names = await readdir(folder).catch(() => undefined)
  if (!names) return undefined
  return Promise.all(
    inOrder(names).map(async (name) => ({
      name,
      contentType: contentTypes[extname(name).slice(1)] ?? '',
      body: await readFile(join(folder, name)),
    })),
  )
}

/** The smallest first, AVIF before the others, as they are encoded. */
const inOrder = (names: readonly string[]): readonly string[] =>
  posterWidths.flatMap((width) =>
    Object.keys(contentTypes).flatMap((ending) => names.filter((name) => name === `poster-${width}.${ending}`)),
  )

async function keepPosters(folder: string, drawing: string): Promise<readonly PosterFile[]> {
  const art: Pixels = await sharp(Buffer.from(drawing)).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const files = (await encodeVariants(art, posterWidths, 'quick')).map(({ ending, ...file }) => ({
    name: `poster-${ending}`,
    ...file,
  }))
  await mkdir(dirname(folder), { recursive: true })
  const unfinished = await mkdtemp(`${folder}.new-`)
  for (const { name, body } of files) await writeFile(join(unfinished, name), body)
  // Another stack may have been quicker.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }))
  return files
}
