import { sessionResponse } from '#contracts/session.ts'
import { callApi } from '#src/api/client.ts'
import { nextAddress } from './next-path.ts'
import type { UserPool } from './user-pool.ts'
import { refusalWords } from './words.ts'

type Screen = 'loading' | 'sign_in' | 'sign_up' | 'confirm' | 'forgot' | 'reset' | 'signed_in'

/** The sign-in page. The password is kept until the address is confirmed, so that nobody types it twice. */
export function signIn(pool: UserPool) {
  return {
    screen: 'loading' as Screen,
    name: '',
    email: '',
    password: '',
    code: '',
    busy: false,
    failure: '',
    note: '',
    signedInAs: '',
    next: nextAddress(location.search, location.origin),

    async init() {
      const session = await callApi('/api/session', sessionResponse)
      this.signedInAs = session.ok ? (session.value.user?.email ?? '') : ''
      this.show(this.signedInAs ? 'signed_in' : 'sign_in')
    },

    show(screen: Screen, note = '') {
      this.screen = screen
      this.note = note
      this.failure = ''
      this.code = ''
    },
    useAnotherAccount() {
      this.show('sign_in')
    },
    showSignIn() {
      this.show('sign_in')
    },
    showSignUp() {
      this.show('sign_up')
    },
    showForgot() {
      this.show('forgot')
    },

    submitSignIn() {
      return this.attempt(() => this.enter())
    },
    submitSignUp() {
      return this.attempt(async () => {
        const mustConfirm = await pool.signUp(this.name.trim(), this.address(), this.password)
        if (mustConfirm) this.show('confirm', `We sent a code to ${this.address()}.`)
        else await this.enter()
      })
    },
    submitConfirm() {
      return this.attempt(async () => {
        await pool.confirmAddress(this.address(), this.code.trim())
        if (this.password) await this.enter()
        else this.show('sign_in', 'Your address is confirmed. Sign in now.')
      })
    },
    sendCodeAgain() {
      return this.attempt(async () => {
        await pool.sendCodeAgain(this.address())
        this.note = `A new code is on its way to ${this.address()}.`
      })
    },
    submitForgot() {
      return this.attempt(async () => {
        await pool.askReset(this.address())
        this.password = ''
        this.show('reset', `If ${this.address()} has an account, a code is on its way to it.`)
      })
    },
    submitReset() {
      return this.attempt(async () => {
        await pool.confirmReset(this.address(), this.code.trim(), this.password)
        await this.enter()
      })
    },

    /** Addresses are one whatever their case; the user pool is asked in lower case. */
    address(): string {
      return this.email.trim().toLowerCase()
    },
    async enter() {
      const outcome = await pool.signIn(this.address(), this.password)
      if (outcome === 'confirm_address') {
        await pool.sendCodeAgain(this.address())
        return this.show('confirm', `Confirm your address first: we sent a code to ${this.address()}.`)
      }
      if (outcome === 'reset_password') return this.show('forgot', 'Choose a new password to go on.')
      if (outcome === 'unsupported') {
        this.failure = 'This account needs a step that this page does not offer. Ask whoever made it for you.'
        return
      }
      const started = await callApi('/api/session', sessionResponse, { method: 'POST', body: await pool.tokens() })
      pool.forget()
      if (!started.ok) {
        this.failure = started.problem.title
        return
      }
      location.assign(this.next)
    },
    async attempt(act: () => Promise<void>) {
      if (this.busy) return
      this.busy = true
      this.failure = ''
      try {
        await act()
      } catch (error) {
        this.failure = refusalWords(error)
      } finally {
        this.busy = false
      }
    },
  }
}
