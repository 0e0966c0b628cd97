/** One text for each plural category that the language has; `{count}` is the number. */
export type Plural = { readonly other: string } & { readonly [Category in Intl.LDMLPluralRule]?: string }

/** What the other catalogues must be like: the English one's keys, each with a text. A missing or a left-over text is a type error. */
export type Shape<T> = {
  readonly [Key in keyof T]: T[Key] extends string ? string : T[Key] extends Plural ? Plural : Shape<T[Key]>
}
