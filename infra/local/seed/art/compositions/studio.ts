import type { Palette } from '../palette.ts'
import { type Composition, circle, line, path, polygon, rect, times } from '../shapes.ts'

/** Beams of projectors that cross on a wall of windows. */
export const arts: Composition = (ink, random) => {
  const beam = (x: number, spread: number, lean: number, colour: string) =>
    polygon(
      [
        [x, 1010],
        [x + lean - spread, -10],
        [x + lean + spread, -10],
      ],
      colour,
      { opacity: 0.5 },
    )
  const squares = (x: number, y: number, size: number, turn: number) => {
    const colours = [ink.mass, ink.accent, ink.light, ink.dark]
    return times(4, (at) => {
      const side = size * (1 - at * 0.23)
      const shift = (size - side) / 2
      const fill = colours[(at + turn) % 4] ?? ink.light
      return rect(x + shift, y + shift * 1.45, side, side, fill)
    })
  }
  const first = Math.floor(random.between(0, 4))
  return [
    times(15, (at) => squares(116 + (at % 5) * 278, 96 + Math.floor(at / 5) * 278, 252, first + at * 3 + (at % 5))),
    beam(random.between(160, 320), 230, 520, ink.light),
    beam(random.between(1220, 1400), 260, -460, ink.accent),
    circle(random.between(760, 860), random.between(430, 560), 128, ink.light),
  ].join('')
}

interface Vessel {
  readonly x: number
  readonly tall: number
  readonly foot: number
  readonly belly: number
  readonly lip: number
}

const shelf = 850

function outline({ x, tall, foot, belly, lip }: Vessel): string {
  const top = shelf - tall
  return `M ${x - foot} ${shelf} C ${x - belly * 1.15} ${shelf - tall * 0.25} ${x - belly * 1.1} ${shelf - tall * 0.62} ${x - lip} ${top} H ${x + lip} C ${x + belly * 1.1} ${shelf - tall * 0.62} ${x + belly * 1.15} ${shelf - tall * 0.25} ${x + foot} ${shelf} Z`
}

function draw(vessel: Vessel, at: number, ink: Palette): string {
  const { x, tall, belly, lip } = vessel
  const body = [ink.light, ink.accent, ink.dark, ink.light][at % 4] ?? ink.light
  const glaze = [ink.mass, ink.light, ink.mass, ink.accent][at % 4] ?? ink.mass
  const id = `vessel-${at}`
  const top = shelf - tall
  const drip = `M ${x - belly * 1.4} ${top - 10} H ${x + belly * 1.4} V ${top + tall * 0.36} q ${-belly * 0.35} ${tall * 0.2} ${-belly * 0.7} 0 t ${-belly * 0.7} 0 t ${-belly * 0.7} 0 t ${-belly * 0.7} 0 Z`
  const crack = `M ${x - lip * 0.3} ${top} l ${belly * 0.22} ${tall * 0.24} l ${-belly * 0.38} ${tall * 0.2} l ${belly * 0.5} ${tall * 0.24} l ${-belly * 0.2} ${tall * 0.34}`
  return `<clipPath id="${id}"><path d="${outline(vessel)}"/></clipPath><g clip-path="url(#${id})">${path(outline(vessel), body)}${at % 2 ? path(drip, glaze) : times(3, (band) => rect(x - belly * 1.5, top + tall * (0.3 + band * 0.17), belly * 3, tall * 0.07, glaze))}${at === 2 ? line(crack, ink.accent, 11) : ''}${rect(x + belly * 0.42, top, belly, tall, ink.dark, { opacity: 0.16 })}</g>`
}

/** What hands make, on the shelf where it dries. */
export const workshops: Composition = (ink, random) => {
  const vessel = (x: number, tall: number, belly: number): Vessel => ({
    ...{ x, tall: tall * random.between(0.9, 1.1), belly: belly * random.between(0.92, 1.08) },
    foot: belly * random.between(0.42, 0.6),
    lip: belly * random.between(0.35, 0.95),
  })
  const row = [vessel(250, 380, 170), vessel(640, 600, 190), vessel(1020, 320, 215), vessel(1380, 500, 150)]
  return [
    circle(random.between(760, 900), 440, 400, ink.mass, { opacity: 0.9 }),
    rect(0, shelf, 1600, 160, ink.dark),
    rect(0, shelf, 1600, 16, ink.accent),
    ...row.map((one, at) => draw(one, at, ink)),
  ].join('')
}
