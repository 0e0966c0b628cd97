import type { Memory } from './attempt.ts'

/** Of this tab, or the page's own memory where the browser refuses it. */
export const memory = memoryIn(() => sessionStorage)
/** Of this device, the same. */
export const lastingMemory = memoryIn(() => localStorage)

function memoryIn(storage: () => Storage): Memory {
  const fallback = new Map<string, string>()
  return {
    getItem: (key) => safely(() => storage().getItem(key)) ?? fallback.get(key) ?? null,
    setItem(key, value) {
      fallback.set(key, value)
      safely(() => storage().setItem(key, value))
    },
    removeItem(key) {
      fallback.delete(key)
      safely(() => storage().removeItem(key))
    },
  }
}

function safely<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}
