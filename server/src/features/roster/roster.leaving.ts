import * as accounts from '#server/features/accounts/accounts.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { lockRoster } from './roster.drafts.queries.ts'
import * as queries from './roster.queries.ts'
import type { Person } from './roster.service.ts'

/** Lets files of the region and other leavings wait until the transaction ends. */
export const holdRoster = lockRoster

/** Those of a region who have these employee numbers and have not left, held. */
export const peopleToLeave: (
  trx: Trx,
  regionId: string,
  employeeNumbers: string[],
) => Promise<Person[]> = queries.lockByNumbers

/**
 * Notes that people left: nobody can mail them or sign in as them any more, whatever feature asks.
 * Their rows stay, by name, for what they did. What it means for days is the use case’s.
 * @param leftOn `YYYY-MM-DD` in the region.
 */
export async function markLeft(
  trx: Trx,
  people: readonly Person[],
  leftOn: string,
  by: string,
  now: Date,
): Promise<void> {
  if (people.length === 0) return
  await queries.markLeft(
    trx,
    people.map(({ id }) => id),
    leftOn,
  )
  const accountIds = people.flatMap(({ accountId }) => accountId ?? [])
  if (accountIds.length > 0) {
    // Somebody who moved to another region keeps their account there.
    const inUse = new Set(await queries.accountsInUse(trx, accountIds))
    const unused = accountIds.filter((id) => !inUse.has(id))
    await accounts.closeAccounts(trx, unused, now)
  }
  for (const { id, regionId } of people) {
    const entry = { regionId, accountId: by, action: 'roster.leave', subjectId: id }
    await recordAudit(trx, entry, now)
  }
}
