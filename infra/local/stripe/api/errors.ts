/** What Stripe's libraries read of an error: https://docs.stripe.com/api/errors */
export type ErrorFields = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error'
  message: string
  code?: string
  param?: string
}

export class StripeFault extends Error {
  readonly status: number
  readonly fields: ErrorFields
  /** A refusal decided by the account's state is kept under the idempotency key; a malformed request is not. */
  readonly isKept: boolean

  constructor(status: number, fields: ErrorFields, isKept = false) {
    super(fields.message)
    this.status = status
    this.fields = fields
    this.isKept = isKept
  }
}

export function invalidRequest(message: string, fields: { code?: string; param?: string } = {}): StripeFault {
  return new StripeFault(400, { type: 'invalid_request_error', message, ...fields })
}

export function refused(message: string, fields: { code?: string; param?: string } = {}): StripeFault {
  return new StripeFault(400, { type: 'invalid_request_error', message, ...fields }, true)
}

export function noSuch(object: string, id: string, param = 'id'): StripeFault {
  const message = `No such ${object}: '${id}'`
  return new StripeFault(404, { type: 'invalid_request_error', code: 'resource_missing', param, message })
}

export function errorBody(fields: ErrorFields, requestId: string) {
  const docUrl = fields.code
    ? { doc_url: `https://stripe.com/docs/error-codes/${fields.code.replaceAll('_', '-')}` }
    : {}
  return { error: { ...fields, ...docUrl, request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}` } }
}
