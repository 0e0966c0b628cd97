import { sessionResponse } from '#contracts/session.ts'
import { callApi } from '#src/api/client.ts'
import { fill } from '#src/i18n/fill.ts'
import type { Texts } from '#src/i18n/texts.ts'
import { readTexts } from '../read-texts.ts'
import { nextAddress } from './next-path.ts'
import { refusalOf } from './refusal.ts'
import type { UserPool } from './user-pool.ts'

type Screen = 'loading' | 'sign_in' | 'sign_up' | 'confirm' | 'forgot' | 'reset' | 'signed_in'

/** The sign-in page. The password is kept until the address is confirmed, so that nobody types it twice. */
export function signIn(pool: UserPool) {
  const { signIn: words, account: fallback } = readTexts<{ signIn: Texts['signIn']; account: string }>()
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
    next: nextAddress(location.search, location.origin, fallback),

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
        if (mustConfirm) this.show('confirm', this.tell(words.codeSent))
        else await this.enter()
      })
    },
    submitConfirm() {
      return this.attempt(async () => {
        await pool.confirmAddress(this.address(), this.code.trim())
        if (this.password) await this.enter()
        else this.show('sign_in', words.confirmed)
      })
    },
    sendCodeAgain() {
      return this.attempt(async () => {
        await pool.sendCodeAgain(this.address())
        this.note = this.tell(words.codeSentAgain)
      })
    },
    submitForgot() {
      return this.attempt(async () => {
        await pool.askReset(this.address())
        this.password = ''
        this.show('reset', this.tell(words.resetSent))
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
    tell(text: string): string {
      return fill(text, { email: this.address() })
    },
    async enter() {
      const outcome = await pool.signIn(this.address(), this.password)
      if (outcome === 'confirm_address') {
        await pool.sendCodeAgain(this.address())
        return this.show('confirm', this.tell(words.confirmFirst))
      }
      if (outcome === 'reset_password') return this.show('forgot', words.chooseNew)
      if (outcome === 'unsupported') {
        this.failure = words.refusals.unsupported
        return
      }
      const started = await callApi('/api/session', sessionResponse, { method: 'POST', body: await pool.tokens() })
      pool.forget()
      if (!started.ok) {
        this.failure = started.problem.code === 'offline' ? words.refusals.offline : words.refusals.unknown
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
        this.failure = words.refusals[refusalOf(error)]
      } finally {
        this.busy = false
      }
    },
  }
}
