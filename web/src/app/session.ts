import { useQuery } from '@tanstack/react-query'
import { accountsRoutes, type Me } from '#shared/accounts/accounts.contract.ts'
import { homeRoutes } from '#shared/home/home.contract.ts'
import { call, queryFor } from './api.ts'

export const meKey = ['api', 'me']

/** Who is signed in: null for nobody, undefined while it is not known yet. */
export function useMe(): Me | null | undefined {
  return useQuery({ queryKey: meKey, queryFn: () => call(accountsRoutes.me), staleTime: 60_000 })
    .data
}

/** Whether this is the demo, where every mail can be read in /mailbox. */
export function useDemo(): boolean {
  return useQuery({ ...queryFor(homeRoutes.about), staleTime: Infinity }).data?.demo ?? false
}

export const isAdministrator = (me: Me) => me.grants.some(({ kind }) => kind === 'administrator')

/** Regions this person directs, oldest grant first. */
export const directedRegions = (me: Me) =>
  me.grants.flatMap(({ kind, regionId }) => (kind === 'director' && regionId ? [regionId] : []))

/** Sites this person coordinates. */
export const coordinatedSites = (me: Me) =>
  me.grants.flatMap(({ kind, regionId, siteId }) =>
    kind === 'coordinator' && regionId && siteId ? [{ regionId, siteId }] : [],
  )
