import type { Me } from '#shared/accounts/accounts.contract.ts'

// What somebody may look after, as far as pages care.

export const isAdministrator = (me: Me) => me.grants.some(({ kind }) => kind === 'administrator')

/** Regions this person directs, oldest grant first. */
export const directedRegions = (me: Me) =>
  me.grants.flatMap(({ kind, regionId }) => (kind === 'director' && regionId ? [regionId] : []))

/** Regions whose reminders this person writes, as a trainer. */
export const trainedRegions = (me: Me) =>
  me.grants.flatMap(({ kind, regionId }) => (kind === 'trainer' && regionId ? [regionId] : []))
