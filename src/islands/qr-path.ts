import { encode } from 'uqr'

export interface QrDrawing {
  /** Of the square drawing, in modules. */
  readonly size: number
  /** An SVG path of every dark module. */
  readonly path: string
}

/** Light modules around the code that ISO/IEC 18004 asks for. */
const quiet = 4

/** Draws a ticket's code for a screen. Error correction M, as on paper: the same version, so doors read both alike. */
export function drawQr(text: string): QrDrawing {
  const { data, size } = encode(text, { ecc: 'M', boostEcc: false, border: quiet })
  const runs = data.flatMap((row, y) => runsOf(row).map(({ x, length }) => `M${x} ${y}h${length}v1h-${length}z`))
  return { size, path: runs.join('') }
}

function runsOf(row: readonly boolean[]): { x: number; length: number }[] {
  const runs: { x: number; length: number }[] = []
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1)
    if (!isDark) continue
    if (last && last.x + last.length === x) last.length += 1
    else runs.push({ x, length: 1 })
  }
  return runs
}
