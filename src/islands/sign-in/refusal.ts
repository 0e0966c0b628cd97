import type { Texts } from '#src/i18n/texts.ts'

/** The user pool's errors, by name. */
const refusals: Readonly<Record<string, keyof Texts['signIn']['refusals']>> = {
  NotAuthorizedException: 'wrong',
  UserNotFoundException: 'wrong',
  UsernameExistsException: 'exists',
  CodeMismatchException: 'wrongCode',
  ExpiredCodeException: 'oldCode',
  InvalidPasswordException: 'weak',
  InvalidParameterException: 'invalid',
  LimitExceededException: 'tooOften',
  TooManyRequestsException: 'tooOften',
  TooManyFailedAttemptsException: 'tooOften',
  CodeDeliveryFailureException: 'undelivered',
  NetworkError: 'offline',
}

/** Which text a person is told when the user pool refuses. */
export const refusalOf = (error: unknown): keyof Texts['signIn']['refusals'] =>
  refusals[error instanceof Error ? error.name : ''] ?? 'unknown'
