import type { Insertable, Updateable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { WorkshopsTables } from './workshops.table.ts'

const columns = [
  'id',
  'workshop_id as workshopId',
  'region_id as regionId',
  'person_id as personId',
  'choices',
  'chosen_at as chosenAt',
  'declined',
  'link_generation as linkGeneration',
] as const

/** Somebody who was asked, and what they said. */
export function invitedById(db: Reader, id: string) {
  return db.selectFrom('workshop_people').select(columns).where('id', '=', id).executeTakeFirst()
}

export type InvitedRow = NonNullable<Awaited<ReturnType<typeof invitedById>>>

export function invitedOf(db: Reader, workshopId: string, personId: string) {
  return db
    .selectFrom('workshop_people')
    .select(columns)
    .where('workshop_id', '=', workshopId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

/** Everybody who was asked, in an order that tells nothing. */
export function invitedToWorkshops(db: Reader, workshopIds: readonly string[]) {
  return db
    .selectFrom('workshop_people')
    .select(columns)
    .where('workshop_id', 'in', workshopIds)
    .orderBy('person_id')
    .execute()
}

/** Asks people; who is asked already stays as they are. Many at a time: a statement holds 65,535 values. */
export async function insertInvited(
  trx: Trx,
  rows: readonly Insertable<WorkshopsTables['workshop_people']>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += 5_000) {
    await trx
      .insertInto('workshop_people')
      .values(rows.slice(from, from + 5_000))
      .onConflict((conflict) => conflict.constraint('workshop_people_once').doNothing())
      .execute()
  }
}

export async function updateInvited(
  trx: Trx,
  id: string,
  changes: Updateable<WorkshopsTables['workshop_people']>,
): Promise<void> {
  await trx.updateTable('workshop_people').set(changes).where('id', '=', id).execute()
}
