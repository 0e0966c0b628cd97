import type { DemoEvent } from '../programme/demo-event.ts'

/** Printer's inks of one poster: a ground, two masses, a light and an accent. */
export interface Palette {
  readonly ground: string
  readonly dark: string
  readonly mass: string
  readonly light: string
  readonly accent: string
}

const palettes = {
  almazara: [
    { ground: '#c2410c', dark: '#3b1206', mass: '#7c2d12', light: '#fdebd3', accent: '#f5b841' },
    { ground: '#1f3a2e', dark: '#0c1a14', mass: '#4d7c3a', light: '#f4ead0', accent: '#e8742c' },
    { ground: '#f3dcb5', dark: '#4a1d0b', mass: '#c2410c', light: '#fff7e8', accent: '#1d5c63' },
    { ground: '#14213d', dark: '#090f1f', mass: '#31477a', light: '#fbe7c6', accent: '#f0803c' },
  ],
  lanternHouse: [
    { ground: '#4c1d95', dark: '#1b0a3a', mass: '#7c3aed', light: '#f6ecff', accent: '#ffb703' },
    { ground: '#101322', dark: '#05060d', mass: '#3b3f8f', light: '#eef0ff', accent: '#ff7a59' },
    { ground: '#e9dcf7', dark: '#2a1150', mass: '#8b5cf6', light: '#ffffff', accent: '#e4572e' },
    { ground: '#0f3d3e', dark: '#06191a', mass: '#2a7f7b', light: '#f3efe0', accent: '#f2a541' },
  ],
  tidewater: [
    { ground: '#0e7490', dark: '#06303d', mass: '#22a5bd', light: '#effbfb', accent: '#ff8a5b' },
    { ground: '#f7e3c5', dark: '#0b3b4a', mass: '#0e7490', light: '#fffaf0', accent: '#e4512f' },
    { ground: '#12324a', dark: '#081824', mass: '#2f6f95', light: '#e9f4f5', accent: '#ffd166' },
    { ground: '#d9481c', dark: '#4a1405', mass: '#8f2a0e', light: '#ffeede', accent: '#63d2d6' },
  ],
  hoshizora: [
    { ground: '#1b1b3a', dark: '#0b0b1d', mass: '#45458a', light: '#f7f0e6', accent: '#e0457b' },
    { ground: '#f4ece0', dark: '#2b1a22', mass: '#be185d', light: '#fffdf8', accent: '#1e4e79' },
    { ground: '#be185d', dark: '#45061f', mass: '#7d1040', light: '#fff0f3', accent: '#f6c945' },
    { ground: '#20445c', dark: '#0b1b26', mass: '#4b86a6', light: '#f5efe2', accent: '#e8574a' },
  ],
} as const satisfies Record<DemoEvent['organisation'], readonly Palette[]>

/** One of the organiser's four, by the event's slug alone. */
export function paletteOf(event: Pick<DemoEvent, 'organisation' | 'slug'>): Palette {
  const choices: readonly Palette[] = palettes[event.organisation]
  let turn = 0
  for (const letter of event.slug) turn = (turn * 31 + letter.charCodeAt(0)) % 9973
  return choices[turn % choices.length] ?? palettes.almazara[0]
}

/** The ink for thin lines on the ground: dark on a light one. */
export function penOf({ ground, dark, light }: Palette): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(ground.slice(at, at + 2), 16))
  return red * 0.3 + green * 0.59 + blue * 0.11 > 150 ? dark : light
}
