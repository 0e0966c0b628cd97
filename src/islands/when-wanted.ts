import { whenNear } from './when-near.ts'

/** What a person does before he uses a page further down: he touches, presses a key or scrolls. */
const signs = ['pointerdown', 'keydown', 'focusin', 'scroll']
/** Some assistive technology lists all buttons of a page before any of these. */
const latestMs = 4_000

/** Acts once: when `place` comes near the screen, when somebody is there who may want it, or when the page has been at rest. */
export function whenWanted(place: Element, act: () => unknown): void {
  let waits = true
  const actOnce = () => {
    if (waits) act()
    waits = false
  }
  whenNear(place, '25%', actOnce)
  for (const sign of signs) addEventListener(sign, actOnce, { once: true })
  setTimeout(actOnce, latestMs)
}
