/// <reference types="astro/client" />

declare namespace App {
  type PageLocals = import('./contracts/site.ts').PageLocals
  interface Locals extends PageLocals {}
}

declare module '@alpinejs/csp/dist/module.esm.min.js' {
  export { default } from 'alpinejs'
}

/** Alpine's sources, which come without types: what src/islands/small-alpine.ts needs of them. */
declare module 'alpinejs/src/alpine.js' {
  type Whole = typeof import('alpinejs').default
  type Engine = typeof import('@vue/reactivity')
  type Extras = { readonly scope?: object; readonly params?: readonly unknown[] }
  type Evaluator = (receive?: (value: unknown) => void, extras?: Extras) => void

  const Alpine: Pick<Whole, 'closestDataStack' | 'data' | 'prefix' | 'start'> & {
    setReactivityEngine(engine: {
      reactive: Engine['reactive']
      effect(work: () => void, options?: { scheduler?: (runner: () => void) => void }): () => void
      release: Engine['stop']
      raw: Engine['toRaw']
    }): void
    /** `expression` is a function where Alpine itself calls, for `init`. */
    setEvaluator(
      evaluatorOf: (element: Parameters<Whole['closestDataStack']>[0], expression: unknown) => Evaluator,
    ): void
    mergeProxies(scopes: readonly object[]): object
  }
  export default Alpine
}
