/** Acts once, as soon as `place` is no further from the screen than `margin`. Answers how to give it up. */
export function whenNear(place: Element, margin: string, act: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      act()
    },
    { rootMargin: margin },
  )
  observer.observe(place)
  return () => observer.disconnect()
}
