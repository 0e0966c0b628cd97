declare module '@adobe/structured-data-validator' {
  export default class Validator {
    constructor(vocabulary: { readonly '@graph': readonly object[] })
    validate(extracted: {
      readonly jsonld: Readonly<Record<string, readonly object[]>>
    }): Promise<readonly { readonly issueMessage: string; readonly path: readonly { readonly property?: string }[] }[]>
  }
}
