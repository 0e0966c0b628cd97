import type { Category } from '#domain/catalog.ts'
import type { DemoEvent } from '../programme/demo-event.ts'
import { comedy, music, talks, theatre } from './compositions/stage.ts'
import { arts, workshops } from './compositions/studio.ts'
import { family, festivals, foodDrink, sport } from './compositions/town.ts'
import { paletteOf } from './palette.ts'
import { randomFor } from './random.ts'
import { type Composition, height, rect, width } from './shapes.ts'

const compositions: Readonly<Record<Category, Composition>> = {
  music,
  theatre,
  comedy,
  'food-drink': foodDrink,
  sport,
  talks,
  family,
  arts,
  festivals,
  workshops,
}

/** The poster of an event as SVG: its category's composition in its organiser's colours, varied by its name alone. */
export function drawPoster(event: Pick<DemoEvent, 'slug' | 'category' | 'organisation'>): string {
  const ink = paletteOf(event)
  const random = randomFor(event.slug)
  const side = random.chance(0.5) ? '' : ` transform="translate(${width} 0) scale(-1 1)"`
  const art = `<g${side}>${compositions[event.category](ink, random)}</g>`
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${rect(0, 0, width, height, ink.ground)}${art}</svg>`
}
