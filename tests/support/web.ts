import { ensureWeb } from '#server/web-build.ts'

/** Journeys look at the built web app, the one a user gets. */
export default () => ensureWeb(() => {})
