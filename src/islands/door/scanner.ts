import { type DoorEventsResponse, doorEventsResponse, type ScanResult, scansResponse } from '#contracts/checkin.ts'
import { makeId } from '#domain/ids.ts'
import { zonedFormat } from '#domain/zoned-format.ts'
import { callApi } from '#src/api/client.ts'
import { lastingMemory } from '../memory.ts'
import { allowSound, signalVerdict } from './signal.ts'
import { verdictWords } from './verdict-words.ts'

type DoorEvent = DoorEventsResponse['events'][number]
type Screen = 'loading' | 'signed_out' | 'no_events' | 'choosing' | 'scanning' | 'failed'

interface Shown {
  readonly key: number
  readonly tone: 'go' | 'stop' | 'ask'
  readonly title: string
  readonly advice: string
  readonly who: string
  readonly what: string
  readonly firstScan: string
}

const gateStorage = 'marquee.gate'
/** One code held before the camera is one scan; shown again after this long, it is another. */
const sameCodeMs = 4000

/** The scanner's screen: choose an event and a gate, then scan by camera or by typed code. */
export function scanner() {
  let stopCamera: (() => void) | undefined
  let lastCode = ''
  let lastSeenAt = 0
  let shownCount = 0
  let unsent: { scanId: string; code: string; at: string } | undefined

  return {
    screen: 'loading' as Screen,
    events: [] as DoorEvent[],
    eventId: '',
    gate: lastingMemory.getItem(gateStorage) ?? '',
    typed: '',
    busy: false,
    cameraOn: false,
    cameraProblem: '',
    failure: '',
    shown: null as Shown | null,
    recent: [] as Shown[],
    admittedHere: 0,

    async init() {
      const answer = await callApi('/api/checkin/events', doorEventsResponse)
      if (!answer.ok) {
        this.failure = answer.problem.title
        this.screen = answer.problem.status === 401 ? 'signed_out' : 'failed'
        return
      }
      this.events = answer.value.events
      this.eventId = new URLSearchParams(location.search).get('event') ?? this.events[0]?.id ?? ''
      this.screen = this.events.length === 0 ? 'no_events' : 'choosing'
    },

    get eventName(): string {
      return this.events.find((event) => event.id === this.eventId)?.name ?? ''
    },
    optionText(event: DoorEvent): string {
      return `${event.name}, ${localTime(event.startsAt, event.timeZone)}, ${event.venueName}`
    },
    get idle(): boolean {
      return this.shown === null && !this.busy
    },
    get canRetry(): boolean {
      return this.shown?.title === verdictWords.offline.title
    },

    async open() {
      allowSound()
      lastingMemory.setItem(gateStorage, this.gate)
      this.screen = 'scanning'
      await this.startCamera()
    },
    close() {
      stopCamera?.()
      stopCamera = undefined
      this.cameraOn = false
      this.shown = null
      this.screen = 'choosing'
    },

    async startCamera() {
      this.cameraProblem = ''
      const video = document.querySelector<HTMLVideoElement>('#door-camera')
      if (!video) return
      try {
        const { readCamera } = await import('./camera.ts')
        stopCamera = await readCamera(video, (text) => void this.seen(text))
        this.cameraOn = true
      } catch (error) {
        const refused = error instanceof DOMException && error.name === 'NotAllowedError'
        this.cameraProblem = refused
          ? 'The camera is not allowed. Allow it in the browser’s settings, or type codes.'
          : 'No camera was found. Type the number that is printed on the ticket: it begins with tkt_.'
      }
    },
    seen(code: string) {
      const now = Date.now()
      const repeated = code === lastCode && now - lastSeenAt < sameCodeMs
      lastSeenAt = now
      if (repeated || this.busy) return
      lastCode = code
      // A number proves nothing by itself: it is for staff who read it off a ticket, never for a code that anybody could print.
      return this.check(code.toLowerCase().startsWith('tkt_') ? `not a code: ${code}` : code)
    },
    async submitTyped() {
      const code = this.typed.trim()
      if (code === '' || this.busy) return
      allowSound()
      this.typed = ''
      await this.check(code)
    },
    retry() {
      return unsent && !this.busy ? this.send(unsent) : undefined
    },

    check(code: string) {
      const tail = crypto.getRandomValues(new Uint8Array(10))
      return this.send({ scanId: makeId('scn', Date.now(), tail), code, at: new Date().toISOString() })
    },
    async send(scan: { scanId: string; code: string; at: string }) {
      this.busy = true
      // The last guest's verdict must not be taken for this one's.
      this.shown = null
      const answer = await callApi(`/api/checkin/${this.eventId}/scans`, scansResponse, {
        method: 'POST',
        body: { scans: [{ ...scan, gate: this.gate.trim() || 'Main gate' }] },
      })
      this.busy = false
      const result = answer.ok ? answer.value.results[0] : undefined
      unsent = result ? undefined : scan
      if (!answer.ok && answer.problem.status === 401) this.screen = 'signed_out'
      this.show(result, answer.ok ? '' : answer.problem.title)
    },
    show(result: ScanResult | undefined, problem: string) {
      const words = verdictWords[result?.verdict ?? 'offline']
      const zone = this.events.find((event) => event.id === this.eventId)?.timeZone ?? 'UTC'
      const first = result?.firstScan
      shownCount += 1
      const shown: Shown = {
        key: shownCount,
        tone: words.tone,
        title: words.title,
        advice: problem || words.advice,
        who: result?.ticket?.attendeeName ?? '',
        what: result?.ticket?.ticketTypeName ?? '',
        firstScan: first ? `First scanned ${localTime(first.at, zone)} at ${first.gate}` : '',
      }
      if (result?.verdict === 'admitted') this.admittedHere += 1
      signalVerdict(words)
      this.shown = shown
      this.recent = [shown, ...this.recent].slice(0, 8)
    },
  }
}

const localTime = (instant: string, timeZone: string): string =>
  zonedFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(new Date(instant))
