const step = 10
/** Below this OKLCH chroma a colour reads as grey, and its hue is noise. */
const greyChroma = 0.03

/**
 * The class in `styles/accents.css` that comes nearest to an organiser's colour.
 *
 * The content security policy forbids style attributes, so the hue is taken to the nearest 10 degrees; lightness and
 * chroma are the theme's own, which keeps text readable on any accent.
 *
 * @param colour `#rrggbb`; anything else answers the house accent.
 */
export function accentClass(colour: string | undefined): string {
  const rgb = parseHex(colour ?? '')
  if (!rgb) return ''
  const { chroma, hue } = oklchOf(rgb)
  if (chroma < greyChroma) return 'hue-none'
  return `hue-${(Math.round(hue / step) * step) % 360}`
}

export type Rgb = readonly [number, number, number]

export function parseHex(colour: string): Rgb | null {
  const [, red, green, blue] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour) ?? []
  if (!red || !green || !blue) return null
  return [Number.parseInt(red, 16) / 255, Number.parseInt(green, 16) / 255, Number.parseInt(blue, 16) / 255]
}

const toLinear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4

/** Björn Ottosson's OKLab; hue in degrees from 0 to 360. */
export function oklchOf(rgb: Rgb): { lightness: number; chroma: number; hue: number } {
  const [red, green, blue] = [toLinear(rgb[0]), toLinear(rgb[1]), toLinear(rgb[2])]
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  const degrees = (Math.atan2(b, a) * 180) / Math.PI
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, b),
    hue: (degrees + 360) % 360,
  }
}
