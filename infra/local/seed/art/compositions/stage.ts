import { penOf } from '../palette.ts'
import { type Composition, circle, halfDisc, height, line, path, polygon, rect, ring, times, width } from '../shapes.ts'

/** A record seen from above, with strings drawn across its edge. */
const record: Composition = (ink, random) => {
  const [x, y] = [random.between(980, 1120), random.between(470, 560)]
  const turn = random.between(-50, 10)
  const shine = (angle: number) =>
    path(`M ${x} ${y} L ${x + 640} ${y - 90} A 646 646 0 0 1 ${x + 640} ${y + 90} Z`, ink.light, {
      opacity: 0.13,
      transform: `rotate(${turn + angle} ${x} ${y})`,
    })
  return [
    circle(x, y, 640, ink.dark),
    times(27, (at) => ring(x, y, 624 - at * 15, ink.mass, at % 6 === 0 ? 5 : 1.6, { opacity: 0.75 })),
    shine(0) + shine(180),
    circle(x, y, 206, ink.accent),
    halfDisc(x, y, 206, turn, ink.light),
    ring(x, y, 150, ink.dark, 3) + circle(x, y, 20, ink.dark),
    times(6, (at) => {
      const start = 92 + at * 54
      const bend = random.between(10, 70)
      return line(
        `M ${start} -20 Q ${start + bend} 500 ${start} 1020`,
        at === 2 ? ink.accent : penOf(ink),
        9 - at * 1.2,
      )
    }),
  ].join('')
}

/** Sound as a mountain range, one line over the other. */
const soundings: Composition = (ink, random) => {
  const middle = random.between(700, 980)
  const ridge = (at: number): string => {
    const base = 330 + at * 30
    const [first, second] = [random.between(0, 7), random.between(0, 7)]
    const points = Array.from({ length: 101 }, (_, step) => {
      const x = step * 16
      const swell = Math.exp(-(((x - middle) / 300) ** 2))
      const waves = 1.4 + Math.sin(x / 61 + first) + 0.6 * Math.sin(x / 23 + second) + random.between(-0.15, 0.15)
      return `${x} ${(base - swell * waves * 62 - random.between(0, 4)).toFixed(1)}`
    })
    return path(`M ${points.join(' L ')} L 1600 1020 L 0 1020 Z`, at % 9 === 4 ? ink.mass : ink.ground, {
      stroke: penOf(ink),
      'stroke-width': 3.2,
      'stroke-linejoin': 'round',
    })
  }
  return circle(middle + random.between(-90, 90), 330, 260, ink.accent) + times(23, ridge)
}

export const music: Composition = (ink, random) => (random.chance(0.55) ? record : soundings)(ink, random)

/** Curtains, a cone of light and what it falls on. */
export const theatre: Composition = (ink, random) => {
  const middle = random.between(760, 900)
  const folds = (side: -1 | 1): string =>
    times(9, (at) => {
      // The folds nearest the middle first: each lies under the one outside it.
      const top = middle + side * (310 + at * 74)
      const bottom = middle + side * (480 + at * 56)
      const fold = `M ${top} -10 C ${top} 420 ${bottom + side * 60} 640 ${bottom} 1010`
      return path(
        `${fold} L ${middle + side * 1100} 1010 L ${middle + side * 1100} -10 Z`,
        at % 2 ? ink.mass : ink.ground,
        {
          stroke: ink.dark,
          'stroke-width': 3,
        },
      )
    })
  return [
    rect(0, 0, width, height, ink.dark),
    rect(0, 780, width, 220, ink.mass, { opacity: 0.55 }),
    polygon(
      [
        [middle - 30, -10],
        [middle + 30, -10],
        [middle + 330, 850],
        [middle - 330, 850],
      ],
      ink.light,
      { opacity: 0.2 },
    ),
    `<ellipse cx="${middle}" cy="850" rx="330" ry="62" fill="${ink.light}"/>`,
    polygon(
      [
        [middle - 78, 858],
        [middle - 78, 360],
        [middle + 62, 392],
        [middle + 62, 870],
      ],
      ink.accent,
    ),
    polygon(
      [
        [middle + 62, 392],
        [middle + 84, 384],
        [middle + 84, 858],
        [middle + 62, 870],
      ],
      ink.dark,
    ),
    circle(middle + 40, 630, 9, ink.dark),
    folds(-1) + folds(1),
    path(`M 0 0 H ${width} V 96 Q ${width * 0.75} 190 ${width / 2} 96 T 0 96 Z`, ink.ground),
    rect(0, 0, width, 34, ink.accent),
  ].join('')
}

/** Faces and slices in a grid, none of them straight. */
export const comedy: Composition = (ink, random) => {
  const cell = 200
  const colours = [ink.mass, ink.light, ink.accent, ink.dark, ink.ground]
  return times(40, (at) => {
    const [x, y] = [(at % 8) * cell, Math.floor(at / 8) * cell]
    const [cx, cy] = [x + cell / 2, y + cell / 2]
    const back = random.pick(colours)
    const front = random.pick(colours.filter((colour) => colour !== back))
    const other = colours.find((colour) => colour !== back && colour !== front) ?? ink.light
    const turn = random.pick([0, 90, 180, 270])
    const shapes = [
      () => halfDisc(cx + 50, cy, 100, turn, front),
      () => circle(cx, cy, 84, front) + circle(cx, cy, 34, other),
      () =>
        path(`M ${x} ${y} H ${x + cell} A ${cell} ${cell} 0 0 1 ${x} ${y + cell} Z`, front, {
          transform: `rotate(${turn} ${cx} ${cy})`,
        }),
      () =>
        circle(cx - 42, cy - 34, 17, front) +
        circle(cx + 42, cy - 34, 17, front) +
        line(`M ${cx - 62} ${cy + 18} Q ${cx} ${cy + 96} ${cx + 62} ${cy + 18}`, front, 19),
    ]
    return `<svg x="${x}" y="${y}" width="${cell}" height="${cell}" viewBox="${x} ${y} ${cell} ${cell}">${rect(x, y, cell, cell, back)}${random.pick(shapes)()}</svg>`
  })
}

/** Two voices that overlap, and what they say as a wave. */
export const talks: Composition = (ink, random) => {
  const [left, right] = [random.between(500, 580), random.between(1000, 1090)]
  const bars = times(46, (at) => {
    const x = 120 + at * 30
    const swell = Math.exp(-(((x - left) / 260) ** 2)) + Math.exp(-(((x - right) / 220) ** 2))
    const tall = 26 + swell * random.between(60, 330)
    return rect(x, 470 - tall / 2, 15, tall, x > left + 330 ? ink.dark : ink.light, { rx: 7.5 })
  })
  return [
    circle(left, 470, 400, ink.mass) +
      polygon(
        [
          [left - 240, 760],
          [left - 320, 960],
          [left - 40, 850],
        ],
        ink.mass,
      ),
    circle(right, 470, 330, ink.accent) +
      polygon(
        [
          [right + 190, 720],
          [right + 300, 900],
          [right + 20, 785],
        ],
        ink.accent,
      ),
    bars,
  ].join('')
}
