import { Amplify } from 'aws-amplify'
import {
  confirmResetPassword,
  confirmSignUp,
  fetchAuthSession,
  resendSignUpCode,
  resetPassword,
  signIn,
  signUp,
} from 'aws-amplify/auth'
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito'
import type { StartSessionRequest } from '#contracts/session.ts'
import type { SiteSettings } from '#contracts/site.ts'

export type SignInOutcome = 'signed_in' | 'confirm_address' | 'reset_password' | 'unsupported'

/** The user pool as this page needs it. Its tokens live in this page's memory until they are handed over, and nowhere else. */
export function userPool({ userPoolId, clientId, endpoint, authFlow }: SiteSettings['cognito']) {
  const memory = new Map<string, string>()
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId,
        userPoolClientId: clientId,
        loginWith: { email: true },
        ...(endpoint ? { userPoolEndpoint: endpoint } : {}),
      },
    },
  })
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: async (key, value) => void memory.set(key, value),
    getItem: async (key) => memory.get(key) ?? null,
    removeItem: async (key) => void memory.delete(key),
    clear: async () => memory.clear(),
  })

  return {
    async signIn(email: string, password: string): Promise<SignInOutcome> {
      memory.clear()
      const { nextStep } = await signIn({ username: email, password, options: { authFlowType: authFlow } })
      if (nextStep.signInStep === 'DONE') return 'signed_in'
      if (nextStep.signInStep === 'CONFIRM_SIGN_UP') return 'confirm_address'
      return nextStep.signInStep === 'RESET_PASSWORD' ? 'reset_password' : 'unsupported'
    },

    /** True when the address must still be confirmed with a code. */
    async signUp(name: string, email: string, password: string): Promise<boolean> {
      const options = { userAttributes: { email, name } }
      const { nextStep } = await signUp({ username: email, password, options })
      return nextStep.signUpStep !== 'DONE'
    },
    confirmAddress: (email: string, code: string) => confirmSignUp({ username: email, confirmationCode: code }),
    sendCodeAgain: (email: string) => resendSignUpCode({ username: email }),
    askReset: (email: string) => resetPassword({ username: email }),
    confirmReset: (email: string, code: string, newPassword: string) =>
      confirmResetPassword({ username: email, confirmationCode: code, newPassword }),

    /** The tokens of the sign-in that just succeeded. */
    async tokens(): Promise<StartSessionRequest> {
      const { tokens } = await fetchAuthSession()
      const refreshToken = [...memory].find(([key]) => key.endsWith('.refreshToken'))?.[1]
      if (!tokens?.idToken || !refreshToken) throw new Error('signed in without tokens')
      return { idToken: tokens.idToken.toString(), accessToken: tokens.accessToken.toString(), refreshToken }
    },
    forget: () => memory.clear(),
  }
}

export type UserPool = ReturnType<typeof userPool>
