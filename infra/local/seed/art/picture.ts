import type { Picture } from '#domain/catalog.ts'
import { pictureKinds } from '#domain/pictures.ts'
import { demoId } from '../organisations.ts'
import type { DemoEvent } from '../programme/demo-event.ts'
import { paletteOf } from './palette.ts'

export const posterWidths = pictureKinds.event.widths
export const posterRatio = 1.6

export function pictureOf(event: DemoEvent): Picture {
  return {
    base: `/media/${demoId('evt', event.slug)}/poster`,
    widths: posterWidths,
    aspectRatio: posterRatio,
    alt: `Poster art for ${event.name}`,
    colour: paletteOf(event).ground,
  }
}
