import { createChance } from './chance.ts'

/** One run of one function somewhere: it may stop for good between any two steps. */
export interface Process {
  readonly name: string
  /** How far its clock is ahead of the true one. */
  readonly skewMs: number
  isDead: boolean
  /** Told when it dies, so that nobody waits for it. */
  onDeath: () => void
}

export interface Plan {
  readonly seed: number
  /** Steps whose order is drawn; later ones come in the order in which they were asked for. */
  readonly disorder: number
}

interface Task {
  readonly process: Process | null
  readonly run: () => void
}

export type Scheduler = ReturnType<typeof createScheduler>

/**
 * Lets one thing happen at a time. Whatever touches the world outside a process (a database, a payment provider, a clock that is
 * waited for) is a step: it is queued, and the scheduler draws which queued step comes next.
 */
export function createScheduler({ seed, disorder }: Plan, onStep: (count: number) => void = () => undefined) {
  const chance = createChance(seed)
  const queue: Task[] = []
  let count = 0

  /** Does `act` when its turn comes. A process that has died by then never hears of it. */
  function step<T>(process: Process | null, act: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (process?.isDead) return
      queue.push({
        process,
        run() {
          try {
            resolve(act())
          } catch (error) {
            reject(error)
          }
        },
      })
    })
  }

  function kill(process: Process): void {
    process.isDead = true
    process.onDeath()
  }

  /** Until nothing is queued any more and nobody is about to queue. */
  async function run(): Promise<void> {
    for (;;) {
      await quiet()
      const [task] = queue.splice(count < disorder ? chance(queue.length) : 0, 1)
      if (!task) return
      if (task.process?.isDead) continue
      onStep(count++)
      task.run()
    }
  }

  return { step, kill, run, chance, count: () => count }
}

/** Every promise that could go on has gone on: a tick comes only when no microtask is left. */
const quiet = () => new Promise<void>((resolve) => process.nextTick(resolve))

export function startProcess(name: string, skewMs = 0): Process {
  return { name, skewMs, isDead: false, onDeath: () => undefined }
}
