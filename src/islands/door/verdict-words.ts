import type { Verdict } from '#domain/checkin.ts'

/** What the scanner says for each verdict, in word, colour and sound. This is the one place to change it. */
export interface VerdictWords {
  readonly title: string
  readonly advice: string
  readonly tone: 'go' | 'stop' | 'ask'
  /** Tones in hertz, one after the other, 120 ms each. */
  readonly sound: readonly number[]
  /** Milliseconds on, off, on … */
  readonly vibration: readonly number[]
}

export const verdictWords: Readonly<Record<Verdict | 'offline', VerdictWords>> = {
  admitted: { title: 'Admitted', advice: 'Let them in.', tone: 'go', sound: [880, 1320], vibration: [80] },
  already_admitted: {
    title: 'Already admitted',
    advice: 'This ticket was scanned before.',
    tone: 'stop',
    sound: [220, 220, 220],
    vibration: [200, 80, 200],
  },
  revoked: {
    title: 'Revoked',
    advice: 'This ticket was refunded or replaced. Ask for the newest one.',
    tone: 'stop',
    sound: [330, 220],
    vibration: [200, 80, 200],
  },
  wrong_event: {
    title: 'Wrong event',
    advice: 'A genuine ticket, but for another event.',
    tone: 'stop',
    sound: [330, 220],
    vibration: [200, 80, 200],
  },
  not_valid_now: {
    title: 'Not valid now',
    advice: 'The doors of this event are not open at this time.',
    tone: 'ask',
    sound: [440, 330],
    vibration: [120, 60, 120],
  },
  unknown: {
    title: 'Unknown',
    advice: 'This is not a ticket of ours. Scan again, or type its number.',
    tone: 'stop',
    sound: [220, 165],
    vibration: [200, 80, 200],
  },
  offline: {
    title: 'Not checked',
    advice: 'No connection. Nobody was admitted; check again.',
    tone: 'ask',
    sound: [440, 440],
    vibration: [120, 60, 120],
  },
}
