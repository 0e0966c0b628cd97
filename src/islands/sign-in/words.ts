/** What a person is told when the user pool refuses, by the name of its error. */
const refusals: Readonly<Record<string, string>> = {
  NotAuthorizedException: 'The e-mail address or the password is not right.',
  UserNotFoundException: 'The e-mail address or the password is not right.',
  UsernameExistsException: 'This address has an account already. Sign in, or choose “Forgot password?”.',
  CodeMismatchException: 'This code is not right. Look at the newest e-mail from us.',
  ExpiredCodeException: 'This code has expired or was used. Ask for a new one.',
  InvalidPasswordException: 'This password is too weak. Use 8 characters or more.',
  InvalidParameterException: 'Look at what you typed: something in it is not accepted.',
  LimitExceededException: 'Too many tries. Wait a few minutes, then try again.',
  TooManyRequestsException: 'Too many tries. Wait a few minutes, then try again.',
  TooManyFailedAttemptsException: 'Too many tries. Wait a few minutes, then try again.',
  CodeDeliveryFailureException: 'The code could not be sent to this address. Look for a typing error in it.',
  NetworkError: 'No connection. Try again when you are online.',
}

export const refusalWords = (error: unknown): string =>
  refusals[error instanceof Error ? error.name : ''] ?? 'That did not work. Try again in a moment.'
