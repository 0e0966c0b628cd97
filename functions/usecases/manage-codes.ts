import type { EventRecord } from '#domain/catalog.ts'
import { codeProblems, type DiscountCode, type DiscountCodeInput } from '#domain/discount-codes.ts'
import type { FieldProblem } from '#domain/event-problems.ts'
import { ok, type Result, refuse } from '#domain/result.ts'

export interface CodePorts {
  listCodes(eventId: string): Promise<DiscountCode[]>
  getCode(eventId: string, code: string): Promise<DiscountCode | null>
  /** @param version the one that the editor read; 0 for a code that is not there yet. */
  putCode(
    eventId: string,
    code: string,
    input: DiscountCodeInput,
    version: number,
  ): Promise<DiscountCode | 'stale_version'>
  /** False when there is no such code, or somebody changed it at this moment. */
  removeCode(eventId: string, code: string): Promise<boolean>
}

export type CodeRefusal =
  | { readonly code: 'invalid_request'; readonly errors: readonly FieldProblem[] }
  | { readonly code: 'stale_version' | 'wrong_status' }

/** Writes a code under the rules of its event. A limit below what has been used is allowed: the code then takes no more. */
export async function putDiscountCode(
  ports: CodePorts,
  event: EventRecord,
  code: string,
  input: DiscountCodeInput,
  version: number,
): Promise<Result<DiscountCode, CodeRefusal>> {
  const current = await ports.getCode(event.id, code)
  if ((current?.version ?? 0) !== version) return refuse({ code: 'stale_version' })
  if (event.status === 'cancelled') return refuse({ code: 'wrong_status' })
  const errors = codeProblems(input, event)
  if (errors.length > 0) return refuse({ code: 'invalid_request', errors })
  const written = await ports.putCode(event.id, code, input, version)
  return written === 'stale_version' ? refuse({ code: written }) : ok(written)
}
