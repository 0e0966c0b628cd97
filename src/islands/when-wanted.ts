import { whenNear } from './when-near.ts'

/** What a person does before he uses a page further down: he touches, points, presses a key or scrolls. */
const signs = ['pointerdown', 'pointermove', 'keydown', 'focusin', 'scroll']
/** After the page has loaded. Some assistive technology lists all buttons of a page before any of these. */
const latestMs = 4_000

/** Acts once: when `place` comes near the screen, when somebody is there who may want it, or when the page has been at rest. */
export function whenWanted(place: Element, act: () => void): void {
  const waiting = new AbortController()
  const { signal } = waiting
  const actOnce = () => {
    if (signal.aborted) return
    waiting.abort()
    act()
  }
  signal.addEventListener('abort', whenNear(place, '25%', actOnce))
  for (const sign of signs) addEventListener(sign, actOnce, { signal, passive: true })
  whenLoaded(() => setTimeout(actOnce, latestMs))
}

export function whenLoaded(act: () => void): void {
  if (document.readyState === 'complete') act()
  else addEventListener('load', act, { once: true })
}
