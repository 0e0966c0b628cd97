/** Where the stack under test is served; set it to test a stack that runs already. */
export const SITE_VARIABLE = 'MARQUEE_E2E_URL'
