export const tabs = [
  'details',
  'languages',
  'picture',
  'tickets',
  'codes',
  'share',
  'sales',
  'attendees',
  'manage',
] as const
export type Tab = (typeof tabs)[number]

/**
 * On a phone the row of tabs is wider than the screen: the current one comes to its middle, and the page stays where it is. As soon as
 * Alpine has shown the row, which takes a slow phone some frames.
 */
export function showCurrentTab(framesLeft = 120): void {
  requestAnimationFrame(() => {
    const tab = document.querySelector('.desk-tabs [aria-current="true"]')
    const row = tab?.parentElement
    if (tab && row?.checkVisibility()) {
      const [inner, outer] = [tab.getBoundingClientRect(), row.getBoundingClientRect()]
      row.scrollBy({ left: inner.left + inner.width / 2 - outer.left - outer.width / 2 })
    } else if (framesLeft > 0) showCurrentTab(framesLeft - 1)
  })
}
