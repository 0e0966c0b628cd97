/** Red, green and blue within 0-1. */
export type Colour = readonly [red: number, green: number, blue: number]

const fallback = '#1f2430'
const ink: Colour = [0.09, 0.09, 0.11]
const paper: Colour = [1, 1, 1]

/** Anything but `#rrggbb` becomes a neutral dark: it may come from a form and ends in a style attribute. */
export function safeAccent(accent: string): string {
  return /^#[0-9a-f]{6}$/i.test(accent) ? accent : fallback
}

export function parseAccent(accent: string): Colour {
  const value = Number.parseInt(safeAccent(accent).slice(1), 16)
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}

/** Dark or light text, whichever stands out more. */
export function inkOn(background: Colour): Colour {
  return luminance(background) > 0.2 ? ink : paper
}

export function toHex(colour: Colour): string {
  return `#${colour
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

/** WCAG 2.2 relative luminance. */
function luminance([red, green, blue]: Colour): number {
  const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
