import { type Composition, circle, halfDisc, line, path, polar, polygon, rect, ring, times } from '../shapes.ts'

/** A laid table from above. */
export const foodDrink: Composition = (ink, random) => {
  const places = [
    [430, 400, 270],
    [1010, 640, 310],
    [1390, 200, 190],
    [830, 90, 150],
    [120, 880, 210],
  ] as const
  const leaf = (x: number, y: number, turn: number) =>
    path(`M ${x} ${y} q 60 -52 130 0 q -70 52 -130 0 Z`, ink.mass, { transform: `rotate(${turn} ${x} ${y})` })
  return [
    times(16, (at) => rect(at * 110 - 20, -20, 44, 1040, ink.mass, { opacity: 0.22 })),
    times(10, (at) => rect(-20, at * 110 - 20, 1640, 44, ink.mass, { opacity: 0.22 })),
    ...places.map(([px, py, r], at) => {
      const [x, y] = [px + random.between(-26, 26), py + random.between(-22, 22)]
      const turn = random.between(0, 360)
      const dish = [
        () => halfDisc(x, y, r * 0.58, turn, ink.accent) + halfDisc(x, y, r * 0.58, turn + 180, ink.mass),
        () =>
          times(9, (seed) => {
            const [ox, oy] = polar(x, y, r * random.between(0.12, 0.5), seed * 40 + turn)
            return circle(ox, oy, r * 0.115, seed % 3 ? ink.mass : ink.accent) + circle(ox, oy, r * 0.035, ink.dark)
          }),
        () => times(6, (seed) => leaf(x, y, turn + seed * 60)) + circle(x, y, r * 0.15, ink.accent),
        () => times(4, (seed) => ring(x, y, r * (0.14 + seed * 0.13), seed % 2 ? ink.mass : ink.accent, r * 0.065)),
        () => circle(x, y, r * 0.55, ink.accent) + halfDisc(x, y, r * 0.55, turn, ink.dark),
      ][at]
      return (
        circle(x + 14, y + 20, r, ink.dark, { opacity: 0.28 }) +
        circle(x, y, r, ink.light) +
        ring(x, y, r * 0.74, ink.ground, 5, { opacity: 0.6 }) +
        (dish?.() ?? '')
      )
    }),
  ].join('')
}

/** A track that bends away under a low sun, and those who run on it. */
export const sport: Composition = (ink, random) => {
  const [x, y] = [random.between(120, 320), random.between(1120, 1220)]
  const lanes = [1380, 1270, 1160, 1050, 940, 830, 720, 610]
  return [
    circle(random.between(1130, 1270), random.between(230, 300), 210, ink.accent),
    ...lanes.map((r, at) => circle(x, y, r, at % 2 ? ink.mass : ink.dark)),
    ...lanes.map((r) => ring(x, y, r, ink.light, 5)),
    circle(x, y, 500, ink.ground) + ring(x, y, 500, ink.light, 10),
    ...lanes.slice(0, 7).map((r, at) => {
      const angle = random.between(-82, -14)
      const [rx, ry] = polar(x, y, r - 55, angle)
      const trail = Array.from({ length: 9 }, (_, step) => polar(x, y, r - 55, angle - step * 2.2).join(' '))
      return (
        line(`M ${trail.join(' L ')}`, ink.light, 12, { opacity: 0.35 }) +
        circle(rx, ry, 30, at % 3 ? ink.light : ink.accent)
      )
    }),
  ].join('')
}

/** Hills, weather and a whale. */
export const family: Composition = (ink, random) => {
  const sunX = random.between(240, 420)
  const cloud = (x: number, y: number, size: number) =>
    circle(x, y, size, ink.light) +
    circle(x + size * 1.15, y - size * 0.35, size * 1.2, ink.light) +
    circle(x + size * 2.4, y, size * 0.95, ink.light) +
    rect(x, y, size * 2.4, size * 0.96, ink.light)
  const whale = random.between(760, 880)
  return [
    times(14, (at) => {
      const [ax, ay] = polar(sunX, 270, 190, at * (360 / 14))
      const [bx, by] = polar(sunX, 270, 290, at * (360 / 14))
      return line(`M ${ax} ${ay} L ${bx} ${by}`, ink.accent, 22)
    }),
    circle(sunX, 270, 150, ink.accent),
    cloud(1090, 230, 62) + cloud(640, 150, 40),
    path('M -20 1020 V 700 Q 260 500 560 690 T 1130 660 T 1640 600 V 1020 Z', ink.mass),
    path(
      `M ${whale - 330} 800 C ${whale - 330} 520 ${whale + 210} 500 ${whale + 330} 720 C ${whale + 380} 800 ${whale + 440} 720 ${whale + 430} 640 C ${whale + 500} 690 ${whale + 560} 660 ${whale + 590} 610 C ${whale + 610} 780 ${whale + 520} 860 ${whale + 380} 880 H ${whale - 250} C ${whale - 310} 870 ${whale - 330} 850 ${whale - 330} 800 Z`,
      ink.dark,
    ),
    path(
      `M ${whale - 330} 806 C ${whale - 200} 770 ${whale + 60} 790 ${whale + 330} 886 H ${whale - 250} Q ${whale - 326} 866 ${whale - 330} 806 Z`,
      ink.light,
    ),
    circle(whale - 190, 716, 17, ink.light),
    line(
      `M ${whale - 60} 560 Q ${whale - 70} 450 ${whale - 150} 430 M ${whale - 60} 560 Q ${whale - 50} 450 ${whale + 30} 430`,
      ink.light,
      18,
    ),
    path('M -20 1020 V 860 Q 130 800 290 860 T 610 860 T 930 860 T 1250 860 T 1640 850 V 1020 Z', ink.accent),
  ].join('')
}

/** A sun behind a field, flags over it. */
export const festivals: Composition = (ink, random) => {
  const [x, y] = [random.between(700, 900), random.between(650, 720)]
  const rays = 26
  const flags = (top: number, sag: number, first: number) =>
    line(`M -20 ${top} Q 800 ${top + sag * 2} 1620 ${top - 20}`, ink.light, 5) +
    times(16, (at) => {
      const t = (at + 0.5) / 16
      const fx = -20 + 1640 * t
      const fy = top * (1 - t) ** 2 + 2 * t * (1 - t) * (top + sag * 2) + t * t * (top - 20)
      const colour = [ink.accent, ink.light, ink.mass][(at + first) % 3] ?? ink.light
      return polygon(
        [
          [fx - 36, fy - 2],
          [fx + 36, fy - 2],
          [fx, fy + 88],
        ],
        colour,
      )
    })
  return [
    times(rays, (at) => {
      const turn = (360 / rays) * at
      return at % 2
        ? ''
        : polygon([[x, y], polar(x, y, 1500, turn), polar(x, y, 1500, turn + 360 / rays)], ink.mass, { opacity: 0.75 })
    }),
    circle(x, y, 300, ink.accent) + circle(x, y, 236, ink.light) + circle(x, y, 172, ink.accent),
    path(`M -20 1020 V 800 Q 300 ${random.between(640, 720)} 720 800 T 1640 740 V 1020 Z`, ink.dark),
    path('M -20 1020 V 900 Q 420 800 860 900 T 1640 860 V 1020 Z', ink.mass),
    times(34, (at) => {
      const cx = at * 49 + random.between(-16, 16)
      const cy = random.between(895, 950)
      return circle(cx, cy, random.between(17, 27), ink.dark) + rect(cx - 27, cy + 20, 54, 120, ink.dark, { rx: 24 })
    }),
    flags(90, 70, 0) + flags(210, 110, 1),
  ].join('')
}
