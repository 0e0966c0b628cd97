/** Shows the ways to share that need a script, where this browser has them. */
export function enliven(
  section: HTMLElement,
  { share, clipboard }: Pick<Navigator, 'share' | 'clipboard'> = navigator,
): void {
  const { shareTitle: title = '', shareUrl: url = '' } = section.dataset
  offer('native', typeof share === 'function', async () => navigator.share({ title, url }))
  offer('copy', clipboard !== undefined, async (button) => {
    await navigator.clipboard.writeText(url)
    button.setAttribute('aria-live', 'polite')
    button.textContent = button.dataset.done ?? ''
  })

  function offer(way: string, isThere: boolean, act: (button: HTMLButtonElement) => Promise<void>): void {
    const item = section.querySelector<HTMLElement>(`[data-share=${way}]`)
    const button = item?.querySelector('button')
    if (!isThere || !item || !button) return
    item.hidden = false
    // Whoever closes the browser's own dialog has changed his mind: that is no failure.
    button.addEventListener('click', () => act(button).catch(() => {}))
  }
}
