import { randomUUID } from 'node:crypto'

const MINUTE_MS = 60_000

/** What EventBridge sends on a schedule. */
export const scheduledEvent = (now = new Date()) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '000000000000',
  time: now.toISOString(),
  region: 'us-east-1',
  resources: ['arn:aws:events:us-east-1:000000000000:rule/marquee-every-minute'],
  detail: {},
})

/** Runs `tick` now and on each full minute; one that takes longer than a minute delays the next instead of meeting it. */
export function startMinuteClock(tick: (event: ReturnType<typeof scheduledEvent>) => Promise<unknown>) {
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let running: Promise<void> = Promise.resolve()

  async function run(): Promise<void> {
    await tick(scheduledEvent()).catch((error: unknown) => console.error('The minute clock:', error))
    if (!isClosed) timer = setTimeout(start, MINUTE_MS - (Date.now() % MINUTE_MS))
  }
  function start(): void {
    running = run()
  }
  start()
  return {
    /** Resolves when a tick that has begun has ended. */
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await running
    },
  }
}
