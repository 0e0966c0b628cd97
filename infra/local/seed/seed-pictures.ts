import type { Files } from '#functions/gateways/files.ts'
import { pictureOf, posterWidths } from './art/picture.ts'
import { renderPosters } from './art/render-posters.ts'
import type { DemoEvent } from './programme/demo-event.ts'
import { programme } from './programme/index.ts'

/** sharp works in threads of its own; more at once only costs memory. */
const eventsAtOnce = 2
const [smallest] = posterWidths
const aDay = 'public, max-age=86400'

/** Draws and stores the pictures that are not there yet. Answers how many events got theirs. */
export async function seedPictures(
  files: Pick<Files, 'readHead' | 'putFile'>,
  events: readonly DemoEvent[] = programme,
): Promise<number> {
  const queue = events.values()
  let drawn = 0
  const work = async () => {
    for (const event of queue) if (await seedPicture(files, event)) drawn++
  }
  await Promise.all(Array.from({ length: eventsAtOnce }, work))
  return drawn
}

/** The smallest AVIF is written last, so that its presence tells that all are there. */
async function seedPicture(files: Pick<Files, 'readHead' | 'putFile'>, event: DemoEvent): Promise<boolean> {
  const folder = pictureOf(event)
    .base.slice(1)
    .replace(/poster$/, '')
  if (await files.readHead(`${folder}poster-${smallest}.avif`)) return false
  for (const { name, ...file } of (await renderPosters(event)).toReversed())
    await files.putFile(folder + name, { ...file, cacheControl: aDay })
  return true
}
