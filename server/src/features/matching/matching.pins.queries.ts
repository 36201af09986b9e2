import type { Insertable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { MatchingTables } from './matching.table.ts'

export function pinsOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('plan_pins')
    .select(['person_id as personId', 'slot_id as slotId', 'kind'])
    .where('day_id', '=', dayId)
    .orderBy('person_id')
    .orderBy('slot_id')
    .execute()
}

export async function deletePin(trx: Trx, dayId: string, personId: string, slotId: string) {
  await trx
    .deleteFrom('plan_pins')
    .where('day_id', '=', dayId)
    .where('person_id', '=', personId)
    .where('slot_id', '=', slotId)
    .execute()
}

/** A guest is pinned to one slot at most: a new pin takes the place of the former. */
export async function deletePinOf(trx: Trx, dayId: string, personId: string) {
  await trx
    .deleteFrom('plan_pins')
    .where('day_id', '=', dayId)
    .where('person_id', '=', personId)
    .where('kind', '=', 'pin')
    .execute()
}

export async function insertPin(trx: Trx, row: Insertable<MatchingTables['plan_pins']>) {
  await trx.insertInto('plan_pins').values(row).execute()
}

export async function insertChoice(trx: Trx, row: Insertable<MatchingTables['plan_choices']>) {
  await trx.insertInto('plan_choices').values(row).execute()
}

/** The last choice by hand of a day that was not taken back. */
export function lastChoice(db: Reader, dayId: string) {
  return db
    .selectFrom('plan_choices')
    .select([
      'id',
      'person_id as personId',
      'slot_id as slotId',
      'former',
      'kind',
      'former_slot_id as formerSlotId',
    ])
    .where('day_id', '=', dayId)
    .orderBy('turn', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function deleteChoice(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('plan_choices').where('id', '=', id).execute()
}
