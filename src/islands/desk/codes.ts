import { codeResponse, codesResponse, type DiscountCodeView } from '#contracts/codes.ts'
import type { OrganiserEvent } from '#contracts/events.ts'
import { callApi } from '#src/api/client.ts'
import { codeFormOf, codeRequestOf, emptyCodeForm } from './code-form.ts'
import { fieldErrors, moneyWords } from './words.ts'

/** The discount codes of the event that the editor around it shows. */
export function deskCodes() {
  return {
    of: null as OrganiserEvent | null,
    codes: [] as DiscountCodeView[],
    codeForm: emptyCodeForm(),
    isOpen: false,
    isNew: true,
    sending: false,
    said: '',
    codeErrors: {} as Record<string, string>,

    /** Follows the editor: the list is read when its tab is opened. */
    show(tab: string, event: OrganiserEvent | null) {
      if (tab !== 'codes' || !event || this.of?.id === event.id) {
        if (event && this.of?.id === event.id) this.of = event
        return
      }
      this.of = event
      void this.list()
    },
    get path(): string {
      return `/api/organiser/events/${this.of?.id}/codes`
    },
    async list() {
      const answer = await callApi(this.path, codesResponse)
      if (answer.ok) this.codes = answer.value.codes
      else this.said = answer.problem.title
    },
    get hiddenTypes() {
      return (this.of?.ticketTypes ?? []).filter(({ hidden }) => hidden)
    },
    get takesOff(): boolean {
      return this.codeForm.kind !== 'none'
    },
    errorOf(field: string): string {
      return this.codeErrors[field] ?? ''
    },
    amountError(): string {
      return this.errorOf('discount') || this.errorOf('discount.basisPoints') || this.errorOf('discount.amountMinor')
    },

    open(code: DiscountCodeView | null) {
      if (!this.of) return
      this.codeForm = code ? codeFormOf(code, this.of) : emptyCodeForm()
      this.isNew = code === null
      this.codeErrors = {}
      this.said = ''
      this.isOpen = true
    },
    add() {
      this.open(null)
    },
    close() {
      this.isOpen = false
    },
    async saveCode() {
      if (!this.of || this.sending) return
      this.sending = true
      const path = `${this.path}/${encodeURIComponent(this.codeForm.code.trim())}`
      const answer = await callApi(path, codeResponse, { method: 'PUT', body: codeRequestOf(this.codeForm, this.of) })
      this.sending = false
      if (!answer.ok) {
        const { problem } = answer
        this.codeErrors =
          problem.code === 'not_found' ? { code: 'must be 3 to 40 letters, digits, - or _' } : fieldErrors(problem)
        this.said = problem.code === 'not_found' ? '' : problem.title
        return
      }
      this.isOpen = false
      this.said = `Code ${answer.value.code.code} saved.`
      await this.list()
    },
    async remove(code: DiscountCodeView) {
      if (!confirm(`Remove the code ${code.code}? Orders that used it keep their price.`)) return
      const answer = await callApi(`${this.path}/${code.code}`, codesResponse, { method: 'DELETE' })
      if (answer.ok) this.codes = answer.value.codes
      this.said = answer.ok ? `Code ${code.code} removed.` : answer.problem.title
    },

    whatOf({ discount, unlocks }: DiscountCodeView): string {
      const currency = this.of?.currency ?? 'EUR'
      const off =
        discount.kind === 'percent'
          ? [`${discount.basisPoints / 100} % off`]
          : discount.kind === 'fixed'
            ? [`${moneyWords({ amountMinor: discount.amountMinor, currency })} off a ticket`]
            : []
      const names = (this.of?.ticketTypes ?? []).filter(({ id }) => unlocks.includes(id)).map(({ name }) => name)
      return [...off, ...(names.length > 0 ? [`unlocks ${names.join(', ')}`] : [])].join(', ')
    },
    usedOf({ uses, maxUses, spentMinor, budgetMinor }: DiscountCodeView): string {
      const money = (amountMinor: number) => moneyWords({ amountMinor, currency: this.of?.currency ?? 'EUR' })
      const tickets = maxUses === null ? `${uses} tickets` : `${uses} of ${maxUses} tickets`
      return `${tickets}, ${money(spentMinor)}${budgetMinor === null ? '' : ` of ${money(budgetMinor)}`} taken off`
    },
  }
}
