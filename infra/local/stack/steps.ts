/** Progress that a person reads: each step when it ends, with its seconds; a slow one also when it begins to be slow. */
export interface Steps {
  run<T>(name: string, task: () => Promise<T>): Promise<T>
  say(line: string): void
}

const SLOW_MS = 1_500

export function createSteps(write: (line: string) => void = console.info): Steps {
  return {
    say: (line) => write(`  ${line}`),
    async run(name, task) {
      const started = performance.now()
      const slow = setTimeout(() => write(`  • ${name} …`), SLOW_MS)
      try {
        const result = await task()
        write(`  ✓ ${name} · ${((performance.now() - started) / 1000).toFixed(1)} s`)
        return result
      } finally {
        clearTimeout(slow)
      }
    },
  }
}
