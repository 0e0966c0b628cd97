import { effect, reactive, stop, toRaw } from '@vue/reactivity'
import Alpine from 'alpinejs/src/alpine.js'
import 'alpinejs/src/directives/x-bind.js'
import 'alpinejs/src/directives/x-cloak.js'
import 'alpinejs/src/directives/x-data.js'
import 'alpinejs/src/directives/x-for.js'
import 'alpinejs/src/directives/x-on.js'
import 'alpinejs/src/directives/x-show.js'
import 'alpinejs/src/directives/x-text.js'
import { valueOfName } from './value-of-name.ts'

/*
 * Alpine for pages that have to be light: the directives above, and attributes that hold a name. What its CSP build has beside them, a
 * parser of JavaScript first of all, is a quarter of its bytes: docs/decisions/0023.
 */

Alpine.setReactivityEngine({
  reactive,
  effect(work, { scheduler } = {}) {
    let runner = () => {}
    runner = effect(work, { scheduler: () => (scheduler ? scheduler(runner) : runner()) })
    return runner
  },
  release: stop,
  raw: toRaw,
})

Alpine.setEvaluator((element, name) => {
  const stack = Alpine.closestDataStack(element)
  return (receive = () => {}, { scope = {}, params = [] } = {}) =>
    receive(valueOfName(name, Alpine.mergeProxies([scope, ...stack]), params))
})

// Pages are published with valid names: functions/publisher/adapter/valid-attributes.mjs.
Alpine.prefix('data-x-')

export default Alpine
