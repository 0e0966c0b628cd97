import { type OrganiserEvent, organiserEventResponse } from '#contracts/events.ts'
import { type Language, languages } from '#domain/languages.ts'
import { callApi } from '#src/api/client.ts'
import { keptForms, type LanguageForm, languageFormOf, languageFormsOf, translationsOf } from './language-form.ts'
import { fieldErrors } from './words.ts'

/** What the event that the editor around it shows says in further languages. */
export function deskLanguages() {
  /** Removed since the last save: adding one again brings its words back. */
  const removed = new Map<Language, LanguageForm>()
  let known = { id: '', translations: '', types: '' }

  return {
    of: null as OrganiserEvent | null,
    forms: [] as LanguageForm[],
    errors: {} as Record<string, string>,
    told: '',
    wrong: '',
    working: false,
    $dispatch: (_name: string) => {},
    $nextTick: (_run: () => void) => {},
    $root: {} as HTMLElement,

    /** Follows the editor. What is being typed here stays, unless somebody else has written other translations. */
    show(event: OrganiserEvent | null) {
      if (!event) return
      const { id } = event
      const seen = { id, translations: JSON.stringify(event.translations), types: JSON.stringify(event.ticketTypes) }
      if (seen.id !== known.id || seen.translations !== known.translations) this.take(event)
      else if (seen.types !== known.types) this.forms = keptForms(this.forms, event)
      known = seen
      this.of = event
    },
    take(event: OrganiserEvent) {
      removed.clear()
      this.forms = languageFormsOf(event)
      this.errors = {}
    },

    get addable(): Language[] {
      const taken = [this.of?.language, ...this.forms.map(({ language }) => language)]
      return languages.filter((language) => !taken.includes(language))
    },
    nameOf: (language: Language): string =>
      new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language,
    ownNameOf(): string {
      return this.of ? this.nameOf(this.of.language) : ''
    },
    errorOf(field: string): string {
      return this.errors[field] ?? ''
    },

    add(language: Language) {
      if (!this.of) return
      this.forms = [...this.forms, removed.get(language) ?? languageFormOf(this.of, language)]
      this.told = ''
      this.$nextTick(() => document.getElementById(`desk-words-${language}-name`)?.focus())
    },
    remove(form: LanguageForm) {
      removed.set(form.language, form)
      this.forms = this.forms.filter((one) => one.language !== form.language)
      this.wrong = ''
      this.told = `${this.nameOf(form.language)} goes when you save.`
      this.$root.focus()
    },

    async save() {
      const { of: event } = this
      if (!event || this.working) return
      const body = { version: event.version, translations: translationsOf(this.forms) }
      this.working = true
      this.errors = {}
      this.told = ''
      this.wrong = ''
      const answer = await callApi(`/api/organiser/events/${event.id}`, organiserEventResponse, {
        method: 'PATCH',
        body,
      })
      this.working = false
      if (!answer.ok) {
        this.errors = fieldErrors(answer.problem)
        this.wrong = answer.problem.title
        this.$nextTick(() => this.focusOnWrong())
        return
      }
      this.show(answer.value.event)
      this.told = event.status === 'published' ? 'Saved. The public pages follow.' : 'Saved.'
      this.$dispatch('event-changed')
    },
    focusOnWrong() {
      this.$root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    },
  }
}
