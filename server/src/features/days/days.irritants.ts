import type { Updateable } from 'kysely'
import { slugOf } from '#server/features/accounts/accounts.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { newId } from '#server/platform/identity.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { RegionIrritant } from '#shared/days/days.irritants.contract.ts'
import * as queries from './days.queries.ts'
import type { DaysTables } from './days.table.ts'

/** Every irritant a region ever had, archived ones last: what was seen under those stays readable. */
export function everyIrritant(db: Reader, regionId: string): Promise<RegionIrritant[]> {
  return queries.everyIrritant(db, regionId)
}

/** Adds an irritant at the end of the list; one that reads alike is refused, archived or not. */
export async function addIrritant(
  trx: Trx,
  regionId: string,
  names: { nameFr: string; nameEn?: string | undefined },
  by: string,
  now: Date,
): Promise<RegionIrritant | Refusal> {
  const known = await queries.everyIrritant(trx, regionId)
  if (readsLikeAnother(known, undefined, names.nameFr)) return refuse('irritant-known')
  const id = newId(now)
  const code = slugOf(names.nameFr) || id
  await queries.insertIrritants(trx, [
    {
      id,
      region_id: regionId,
      code: known.some((one) => one.code === code) ? id : code,
      name_fr: names.nameFr,
      name_en: names.nameEn ?? names.nameFr,
      position: known.length,
      archived_at: null,
    },
  ])
  const entry = { regionId, accountId: by, action: 'days.add-irritant', subjectId: id }
  await recordAudit(trx, entry, now)
  // Nothing was inserted where somebody added the same a moment before.
  const added = (await queries.everyIrritant(trx, regionId)).find((one) => one.id === id)
  return added ?? refuse('irritant-known')
}

/** Renames an irritant, puts it away or brings it back; what was seen under it follows. */
export async function changeIrritant(
  trx: Trx,
  regionId: string,
  id: string,
  change: {
    nameFr?: string | undefined
    nameEn?: string | undefined
    archived?: boolean | undefined
  },
  by: string,
  now: Date,
): Promise<RegionIrritant | Refusal> {
  const known = await queries.everyIrritant(trx, regionId)
  const present = known.find((one) => one.id === id)
  if (!present) return refuse('not-found')
  if (change.nameFr && readsLikeAnother(known, id, change.nameFr)) return refuse('irritant-known')
  const columns: Updateable<DaysTables['irritants']> = {
    name_fr: change.nameFr ?? present.nameFr,
    name_en: change.nameEn ?? present.nameEn,
  }
  if (change.archived !== undefined && change.archived !== present.archived) {
    columns.archived_at = change.archived ? now : null
  }
  await queries.updateIrritant(trx, id, columns)
  const entry = { regionId, accountId: by, action: 'days.change-irritant', subjectId: id }
  await recordAudit(trx, entry, now)
  const changed = (await queries.everyIrritant(trx, regionId)).find((one) => one.id === id)
  return changed ?? refuse('not-found')
}

const readsLikeAnother = (known: RegionIrritant[], id: string | undefined, nameFr: string) =>
  known.some((one) => one.id !== id && one.nameFr.toLowerCase() === nameFr.toLowerCase())
