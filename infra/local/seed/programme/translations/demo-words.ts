/** What an organiser writes of a demo event in one more language. */
export interface DemoWords {
  readonly name: string
  readonly summary: string
  /** Paragraphs. */
  readonly description: readonly string[]
  readonly accessibility?: string
  /** By the ticket type's name. */
  readonly ticketTypes: Readonly<Record<string, { readonly name: string; readonly description?: string }>>
}

/** By the event's slug. */
export type DemoTranslations = Readonly<Record<string, DemoWords>>
