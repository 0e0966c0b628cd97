/* What an event's page does below the first screens, in one file. */
export { showRelated } from './related/show-related.ts'
export { enliven } from './share.ts'
