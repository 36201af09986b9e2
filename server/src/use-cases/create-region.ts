import { createRegion as createBareRegion } from '#server/features/accounts/accounts.service.ts'
import { ensureDefaultIrritants } from '#server/features/days/days.service.ts'
import { ensureDefaultRoles } from '#server/features/roster/roster.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal } from '#server/platform/refusal.ts'
import type { Region } from '#shared/accounts/accounts.contract.ts'

/** Creates a region with everything a region starts with. */
export async function createRegion(
  trx: Trx,
  region: { name: string; timeZone: string },
  by: string | null,
  now: Date,
): Promise<Region | Refusal> {
  const created = await createBareRegion(trx, region, by, now)
  if (isRefusal(created)) return created
  await ensureDefaultRoles(trx, created.id, now)
  await ensureDefaultIrritants(trx, created.id, now)
  return created
}
