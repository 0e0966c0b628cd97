import type { Palette } from './palette.ts'
import type { Random } from './random.ts'

export const width = 1600
export const height = 1000

/** Draws what lies on the poster's ground, as SVG elements. */
export type Composition = (ink: Palette, random: Random) => string

type Attributes = Readonly<Record<string, string | number>>

const element = (name: string, attributes: Attributes): string =>
  `<${name} ${Object.entries(attributes)
    .map(([key, value]) => `${key}="${typeof value === 'number' ? Math.round(value * 10) / 10 : value}"`)
    .join(' ')}/>`

export const circle = (cx: number, cy: number, r: number, fill: string, more: Attributes = {}): string =>
  element('circle', { cx, cy, r, fill, ...more })

export const ring = (
  cx: number,
  cy: number,
  r: number,
  stroke: string,
  thickness: number,
  more: Attributes = {},
): string => element('circle', { cx, cy, r, fill: 'none', stroke, 'stroke-width': thickness, ...more })

export const rect = (x: number, y: number, w: number, h: number, fill: string, more: Attributes = {}): string =>
  element('rect', { x, y, width: w, height: h, fill, ...more })

export const path = (d: string, fill: string, more: Attributes = {}): string => element('path', { d, fill, ...more })

export const line = (d: string, stroke: string, thickness: number, more: Attributes = {}): string =>
  path(d, 'none', { stroke, 'stroke-width': thickness, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', ...more })

export const polygon = (points: readonly (readonly [number, number])[], fill: string, more: Attributes = {}): string =>
  element('polygon', {
    points: points.map((point) => point.map((at) => at.toFixed(1)).join(',')).join(' '),
    fill,
    ...more,
  })

/** A half disc whose flat side faces `degrees` (0: right, 90: down). */
export const halfDisc = (cx: number, cy: number, r: number, degrees: number, fill: string): string =>
  path(`M ${cx} ${cy - r} A ${r} ${r} 0 0 0 ${cx} ${cy + r} Z`, fill, { transform: `rotate(${degrees} ${cx} ${cy})` })

export const polar = (cx: number, cy: number, r: number, degrees: number): readonly [number, number] => [
  cx + r * Math.cos((degrees * Math.PI) / 180),
  cy + r * Math.sin((degrees * Math.PI) / 180),
]

export const times = (count: number, draw: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => draw(at)).join('')
