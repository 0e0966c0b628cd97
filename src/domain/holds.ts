/** How long stock is kept while a buyer pays. */
export const holdMinutes = 15

/** One extension on request (WCAG 2.2.1). */
export const extensionMinutes = 10

/** Stripe's floor for the life of a payment page is 30 minutes, and exactly 30 can fail on clock skew. */
const providerFloorMinutes = 35

/** The payment page outlives every hold, so that one page serves the whole hold. */
export const checkoutMinutes = holdMinutes + extensionMinutes + providerFloorMinutes
