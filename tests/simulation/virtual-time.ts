import { registerHooks } from 'node:module'

const virtual = new URL('./virtual-timers.ts', import.meta.url).href
const product = new URL('../../functions/', import.meta.url).href

/** Loaded before the product's code where no test runner stands between: its pauses become steps of the simulation. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'node:timers/promises' && context.parentURL?.startsWith(product)
      ? { url: virtual, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})
