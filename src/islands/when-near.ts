/** Acts once, as soon as `place` is no further from the screen than `margin`. */
export function whenNear(place: Element, margin: string, act: () => unknown): void {
  const observer = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return
      observer.disconnect()
      act()
    },
    { rootMargin: margin },
  )
  observer.observe(place)
}
