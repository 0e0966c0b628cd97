import type { EventRecord, Instant } from '#domain/catalog.ts'
import { type Direction, judgeScan, type ScanRequest, scanInstant, type Verdict } from '#domain/checkin.ts'
import { idPattern } from '#domain/ids.ts'
import type { Admission, Ticket } from '#domain/orders.ts'

/** One line of an event's check-in log. Refused scans stand in it too. */
export interface ScanRecord {
  readonly scanId: string
  readonly eventId: string
  readonly at: Instant
  readonly receivedAt: Instant
  readonly gate: string
  readonly direction: Direction
  /** Who was signed in on the device. */
  readonly userId: string
  readonly verdict: Verdict
  /** Null when the code was not genuine. */
  readonly ticketId: string | null
  /** Of a ticket of this event only. */
  readonly ticket: Pick<Ticket, 'id' | 'attendeeName' | 'ticketTypeName' | 'orderId'> | null
  readonly firstScan: Admission | null
}

export type AdmitOutcome =
  | { readonly state: 'admitted' }
  /** This scan was recorded before. */
  | { readonly state: 'repeated'; readonly scan: ScanRecord }
  /** The ticket is no longer as it was read. */
  | { readonly state: 'changed' }

export interface ScanPorts {
  verifyTicket(code: string): { ok: true; eventId: string; ticketId: string } | { ok: false }
  ticket(ticketId: string): Promise<Ticket | null>
  /** One conditional write: the scan's record, and the admission of a ticket that is valid, of this event, and not yet in. */
  admit(scan: ScanRecord, ticketId: string, admission: Admission): Promise<AdmitOutcome>
  /** Writes the record; answers the one that stands, which is an earlier one when this scan was recorded before. */
  log(scan: ScanRecord): Promise<ScanRecord>
  now(): Instant
}

const maxTries = 5

/** Judges scans of one event's doors, in the order of their devices' clocks for scans of one code. */
export async function recordScans(
  ports: ScanPorts,
  event: EventRecord,
  userId: string,
  requests: readonly ScanRequest[],
): Promise<ScanRecord[]> {
  const byCode = Map.groupBy(requests, ({ code }) => code)
  const recorded = await Promise.all(
    [...byCode.values()].map(async (sameCode) => {
      const records: [ScanRequest, ScanRecord][] = []
      for (const request of sameCode.toSorted((one, other) => (one.at < other.at ? -1 : 1)))
        records.push([request, await recordScan(ports, event, userId, request)])
      return records
    }),
  )
  const recordOf = new Map(recorded.flat())
  return requests.flatMap((request) => recordOf.get(request) ?? [])
}

/** A genuine code, or the ticket's number as it is printed below it, which staff type where a code cannot be read. */
async function identify(ports: ScanPorts, code: string): Promise<ReturnType<ScanPorts['verifyTicket']>> {
  const verified = ports.verifyTicket(code)
  const number = code.trim().toLowerCase()
  if (verified.ok || !idPattern('tkt').test(number)) return verified
  const ticket = await ports.ticket(number)
  return ticket ? { ok: true, eventId: ticket.eventId, ticketId: ticket.id } : { ok: false }
}

async function recordScan(
  ports: ScanPorts,
  event: EventRecord,
  userId: string,
  request: ScanRequest,
): Promise<ScanRecord> {
  const { scanId, gate, direction } = request
  const receivedAt = ports.now()
  const at = scanInstant(request.at, receivedAt)
  const code = await identify(ports, request.code)
  const ticketId = code.ok ? code.ticketId : null
  const scan = {
    scanId,
    eventId: event.id,
    at,
    receivedAt,
    gate,
    direction,
    userId,
    ticketId,
    ticket: null,
    firstScan: null,
  }
  const log = async (record: ScanRecord) => asAnsweredBefore(await ports.log(record), record)
  if (!code.ok) return log({ ...scan, verdict: 'unknown' })
  if (code.eventId !== event.id) return log({ ...scan, verdict: 'wrong_event' })

  const read = async () => {
    const ticket = await ports.ticket(code.ticketId)
    return ticket?.eventId === event.id ? ticket : null
  }
  let ticket = await read()
  for (let tries = 0; tries < maxTries; tries++) {
    const judgement = judgeScan(ticket, event, at, direction)
    const record: ScanRecord = {
      ...scan,
      verdict: judgement.verdict,
      ticket: ticket && shownOf(ticket),
      firstScan: judgement.verdict === 'already_admitted' ? judgement.firstScan : null,
    }
    if (judgement.verdict !== 'admitted') return log(record)
    const outcome = await ports.admit(record, code.ticketId, { scanId, at, gate })
    if (outcome.state === 'admitted') return record
    if (outcome.state === 'repeated') return asAnsweredBefore(outcome.scan, record)
    ticket = await read()
  }
  throw new Error(`the ticket of scan ${scanId} changed at every attempt`)
}

/** A scan's id belongs to the ticket that it was first used for: it vouches for no other. */
function asAnsweredBefore(standing: ScanRecord, asked: ScanRecord): ScanRecord {
  if (standing.ticketId === asked.ticketId) return standing
  return { ...asked, verdict: 'unknown', ticket: null, firstScan: null }
}

const shownOf = ({ id, attendeeName, ticketTypeName, orderId }: Ticket) => ({
  id,
  attendeeName,
  ticketTypeName,
  orderId,
})
