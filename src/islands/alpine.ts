import Alpine from '@alpinejs/csp/dist/module.esm.min.js'

// Pages are published with valid names: functions/publisher/adapter/valid-attributes.mjs.
Alpine.prefix('data-x-')

export default Alpine
