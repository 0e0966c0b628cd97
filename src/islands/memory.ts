import type { Memory } from './attempt.ts'

const fallback = new Map<string, string>()

/** `sessionStorage`, or the page's own memory where the browser refuses it. */
export const memory: Memory = {
  getItem: (key) => safely(() => sessionStorage.getItem(key)) ?? fallback.get(key) ?? null,
  setItem(key, value) {
    fallback.set(key, value)
    safely(() => sessionStorage.setItem(key, value))
  },
  removeItem(key) {
    fallback.delete(key)
    safely(() => sessionStorage.removeItem(key))
  },
}

function safely<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}
