import { randomBytes } from 'node:crypto'
import { CognitoError } from 'cognito-local/lib/errors.js'
import type { User } from 'cognito-local/lib/services/userPoolService.js'
import { startSrp } from './srp.ts'

type Fields = Record<string, string>
type Started = { isProvedBy: (signature: string, timestamp: string) => boolean; user: User | null; startedAt: number }

const ANSWER_WITHIN_MS = 3 * 60_000

/** The two steps of signing in by SRP: a challenge, then the proof, which may be given once. */
export function srpSignIn(poolName: string) {
  const started = new Map<string, Started>()

  /** A challenge for an address without an account looks like any other; no proof can meet it. */
  function challenge(user: User | null, { USERNAME = '', SRP_A = '' }: Fields) {
    const userId = user?.Username ?? USERNAME
    const srp = startSrp(SRP_A, { poolName, userId, password: user?.Password ?? randomBytes(32).toString('hex') })
    if (!srp) throw new CognitoError('InvalidParameterException', 'SRP_A is not valid')
    for (const [block, { startedAt }] of started) if (Date.now() - startedAt > ANSWER_WITHIN_MS) started.delete(block)
    const { publicB, salt, secretBlock } = srp.challenge
    started.set(secretBlock, { isProvedBy: srp.isProvedBy, user, startedAt: Date.now() })
    return {
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeParameters: {
        SRP_B: publicB,
        SALT: salt,
        SECRET_BLOCK: secretBlock,
        USER_ID_FOR_SRP: userId,
        USERNAME: userId,
      },
    }
  }

  /** The user who proved to know the password. */
  function userProvedBy({
    PASSWORD_CLAIM_SECRET_BLOCK = '',
    PASSWORD_CLAIM_SIGNATURE = '',
    TIMESTAMP = '',
  }: Fields): User {
    const attempt = started.get(PASSWORD_CLAIM_SECRET_BLOCK)
    started.delete(PASSWORD_CLAIM_SECRET_BLOCK)
    const isInTime = attempt && Date.now() - attempt.startedAt <= ANSWER_WITHIN_MS
    if (isInTime && attempt.user && attempt.isProvedBy(PASSWORD_CLAIM_SIGNATURE, TIMESTAMP)) return attempt.user
    throw new CognitoError('NotAuthorizedException', 'Incorrect username or password.')
  }

  return { challenge, userProvedBy }
}
