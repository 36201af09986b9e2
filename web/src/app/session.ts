import { useQuery } from '@tanstack/react-query'
import { accountsRoutes, type Me } from '#shared/accounts/accounts.contract.ts'
import { homeRoutes } from '#shared/home/home.contract.ts'
import { queryFor } from './api.ts'
import { forgetSession, keepAnswer, keptQuery } from './kept.ts'
import { lastReader, nobody, noteReader, type Reader } from './reader.ts'

export const meKey = ['api', 'me']

/** How long a device with no network takes its reader for who they were. */
const daysKept = 8
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)

/** Who is signed in: null for nobody, undefined while it is not known yet. */
export function useMe(): Me | null | undefined {
  const me = keptQuery(accountsRoutes.me, undefined, () => inDays(daysKept))
  return useQuery({ ...me, queryKey: meKey, staleTime: 60_000 }).data
}

export const readerOf = (me: Me | null): Reader => me?.accountId ?? nobody

/** Who reads here; undefined while it is not known yet. */
export function useReader(): Reader | undefined {
  const me = useMe()
  return me === undefined ? undefined : readerOf(me)
}

/**
 * Remembers on this device who reads, however they came; what somebody else had read while signed
 * in is taken off it first, so that no shared workstation shows it to the next person.
 * @returns whether that was so: what this reader read in the same instant went along.
 */
export async function rememberReader(me: Me | null): Promise<boolean> {
  const reader = readerOf(me)
  const last = lastReader()
  // Nobody has read here yet: what is kept arrived on this very page, just before the reader’s name.
  const isAnother = last !== undefined && last !== reader
  if (isAnother) await forgetSession()
  noteReader(reader)
  await keepAnswer(accountsRoutes.me, me, inDays(daysKept))
  return isAnother
}

/** Whether this is the demo, where every mail can be read in /mailbox. */
export function useDemo(): boolean {
  return useQuery({ ...queryFor(homeRoutes.about), staleTime: Infinity }).data?.demo ?? false
}
