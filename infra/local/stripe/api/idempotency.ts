import { type Ledger, put } from '../ledger/ledger.ts'
import type { Answer } from '../ledger/records.ts'
import { isRemembered } from '../ledger/retention.ts'
import { type ErrorFields, errorBody, invalidRequest, StripeFault } from './errors.ts'

const LONGEST_KEY = 255

export type Reply = { status: number; body: object; requestId: string; isReplay: boolean }

/** `now`: Unix time in seconds, aged as the clock was advanced. */
type Request = { key: string | null; endpoint: string; parameters: string; requestId: string; now: number }

/**
 * Answers a request, or repeats the first answer that its key got.
 *
 * `run` and the note of its answer become one journal line, so a kill in between cannot let a retry run it twice. Nothing
 * here waits, so requests that arrive together run one after the other.
 */
export function answerOnce(ledger: Ledger, request: Request, run: () => object): Reply {
  return ledger.batch(() => {
    const known = request.key === null ? undefined : ledger.answers.get(request.key)
    const first = known && isRemembered(known, request.now) ? known : undefined
    if (request.key !== null && request.key.length > LONGEST_KEY) {
      throw invalidRequest(`Idempotency keys can be up to ${LONGEST_KEY} characters long.`)
    }
    if (first) {
      assertSameRequest(first, request)
      return { status: first.status, body: first.body, requestId: first.requestId, isReplay: true }
    }
    const outcome = attempt(run, request.requestId)
    if (request.key !== null) {
      const { endpoint, parameters, requestId } = request
      ledger.commit(
        put('answers', { id: request.key, endpoint, parameters, requestId, answeredAt: request.now, ...outcome }),
      )
    }
    return { ...outcome, requestId: request.requestId, isReplay: false }
  })
}

function attempt(run: () => object, requestId: string): { status: number; body: object } {
  try {
    return { status: 200, body: run() }
  } catch (fault) {
    if (!(fault instanceof StripeFault) || !fault.isKept) throw fault
    return { status: fault.status, body: errorBody(fault.fields, requestId) }
  }
}

function assertSameRequest(first: Answer, request: Request) {
  const hint = `Try using a key other than '${first.id}' if you meant to execute a different request.`
  if (first.endpoint !== request.endpoint) {
    const rule = 'Keys for idempotent requests can only be used for the same endpoint they were first used for'
    throw misuse(`${rule} ('${first.endpoint}'). ${hint}`)
  }
  if (first.parameters !== request.parameters) {
    const rule = 'Keys for idempotent requests can only be used with the same parameters they were first used with.'
    throw misuse(`${rule} ${hint}`)
  }
}

function misuse(message: string): StripeFault {
  const fields: ErrorFields = { type: 'idempotency_error', message }
  return new StripeFault(400, fields)
}
