import {
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  NotAuthorizedException,
  RevokeTokenCommand,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CognitoJwtVerifierSingleUserPool } from 'aws-jwt-verify/cognito-verifier'
import { JwtBaseError, JwtExpiredError } from 'aws-jwt-verify/error'
import { z } from 'zod'

export interface User {
  /** Cognito's `sub`. */
  readonly id: string
  /** Verified, lower case. */
  readonly email: string
  readonly name: string
  readonly groups: readonly string[]
}

export type TokenVerifier = CognitoJwtVerifierSingleUserPool<{ userPoolId: string; clientId: string }>

export type TokenJudgement =
  | { readonly state: 'valid'; readonly user: User }
  /** Genuine, but its hour is over. */
  | { readonly state: 'expired' }
  | { readonly state: 'invalid' }

const claims = z
  .object({
    sub: z.string().min(1),
    email: z.string().min(3).toLowerCase(),
    email_verified: z.literal(true),
    name: z.string().optional(),
    'cognito:groups': z.array(z.string()).default([]),
  })
  .transform(({ sub, email, name, 'cognito:groups': groups }) => ({
    id: sub,
    email,
    name: name?.trim() || email.slice(0, email.lastIndexOf('@')),
    groups,
  }))

/**
 * Whose id token this is.
 *
 * A token whose key is unknown makes the verifier ask the pool for its keys again; where it gets no answer the token counts as
 * forged, so that whoever sends rubbish causes no fault, and nobody is let in on trust.
 */
export async function judgeIdToken(verifier: TokenVerifier, token: string): Promise<TokenJudgement> {
  try {
    const payload = await verifier.verify(token, { tokenUse: 'id' })
    const user = claims.safeParse(payload)
    return user.success ? { state: 'valid', user: user.data } : { state: 'invalid' }
  } catch (error) {
    if (error instanceof JwtExpiredError) return { state: 'expired' }
    return invalidOrThrow(error)
  }
}

export async function isAccessTokenOf(verifier: TokenVerifier, token: string, userId: string): Promise<boolean> {
  try {
    const { sub } = await verifier.verify(token, { tokenUse: 'access' })
    return sub === userId
  } catch (error) {
    invalidOrThrow(error)
    return false
  }
}

/** A fresh id token, or null when the refresh token has ended or was revoked. */
export async function refreshIdToken(
  cognito: CognitoIdentityProviderClient,
  clientId: string,
  refreshToken: string,
): Promise<string | null> {
  try {
    const { AuthenticationResult } = await cognito.send(
      new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: refreshToken },
      }),
    )
    return AuthenticationResult?.IdToken ?? null
  } catch (error) {
    if (error instanceof NotAuthorizedException || error instanceof UserNotFoundException) return null
    throw error
  }
}

/** After this the refresh token gives nothing any more. A token that is gone already is fine. */
export async function revokeRefreshToken(
  cognito: CognitoIdentityProviderClient,
  clientId: string,
  refreshToken: string,
): Promise<void> {
  try {
    await cognito.send(new RevokeTokenCommand({ ClientId: clientId, Token: refreshToken }))
  } catch (error) {
    if (error instanceof NotAuthorizedException) return
    throw error
  }
}

function invalidOrThrow(error: unknown): { state: 'invalid' } {
  if (!(error instanceof JwtBaseError)) throw error
  return { state: 'invalid' }
}
