import { type Insertable, sql } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { ProgrammesTables } from './programmes.table.ts'

const columns = [
  'id',
  'region_id as regionId',
  'name',
  'audience',
  'counted',
  'starts_on as startsOn',
  'months_between as monthsBetween',
  'status',
  'gathered_on as gatheredOn',
  'version',
] as const

export function programmeById(db: Reader, id: string) {
  return db.selectFrom('programmes').select(columns).where('id', '=', id).executeTakeFirst()
}

export type ProgrammeRow = NonNullable<Awaited<ReturnType<typeof programmeById>>>

/** {@link programmeById}, held until the transaction ends: `update` against everybody, `share` among senders. */
export function holdProgramme(trx: Trx, id: string, how: 'update' | 'share') {
  const query = trx.selectFrom('programmes').select(columns).where('id', '=', id)
  return (how === 'update' ? query.forUpdate() : query.forShare()).executeTakeFirst()
}

export function programmesOfRegion(db: Reader, regionId: string) {
  return db
    .selectFrom('programmes')
    .select(columns)
    .where('region_id', '=', regionId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}

export function runningProgrammes(db: Reader) {
  return db
    .selectFrom('programmes')
    .select(columns)
    .where('status', '=', 'running')
    .orderBy('id')
    .execute()
}

export async function insertProgramme(
  trx: Trx,
  row: Insertable<ProgrammesTables['programmes']>,
): Promise<void> {
  await trx.insertInto('programmes').values(row).execute()
}

/** Changes a programme, which is held, and counts the change. */
export async function updateProgramme(
  trx: Trx,
  id: string,
  changes: Partial<Omit<Insertable<ProgrammesTables['programmes']>, 'id' | 'version'>>,
): Promise<void> {
  await trx
    .updateTable('programmes')
    .set({ ...changes, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

export async function deleteProgramme(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('programmes').where('id', '=', id).execute()
}

/** Looking for new people changes nothing a director could have seen. */
export async function noteGathered(trx: Trx, id: string, today: string): Promise<void> {
  await trx.updateTable('programmes').set({ gathered_on: today }).where('id', '=', id).execute()
}

export async function replaceSteps(
  trx: Trx,
  programmeId: string,
  rows: Insertable<ProgrammesTables['programme_steps']>[],
): Promise<void> {
  await trx.deleteFrom('programme_steps').where('programme_id', '=', programmeId).execute()
  if (rows.length > 0) await trx.insertInto('programme_steps').values(rows).execute()
}

export function stepsOf(db: Reader, programmeId: string) {
  return db
    .selectFrom('programme_steps')
    .select(['position', 'reminder_id as reminderId', 'version'])
    .where('programme_id', '=', programmeId)
    .orderBy('position')
    .execute()
}

/** Everybody who ever joined, whatever became of them since. */
export async function personIdsOf(db: Reader, programmeId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('programme_people')
    .select('person_id as personId')
    .where('programme_id', '=', programmeId)
    .execute()
  return rows.map(({ personId }) => personId)
}

/** Takes people in; who came in at the same moment by another process is there already. */
export async function insertMembers(
  trx: Trx,
  { id, regionId }: Pick<ProgrammeRow, 'id' | 'regionId'>,
  members: readonly { id: string; personId: string }[],
  joinedOn: string,
): Promise<number> {
  const added =
    await sql`insert into programme_people (id, programme_id, region_id, person_id, joined_on)
    select id, ${id}::uuid, ${regionId}::uuid, person_id, ${joinedOn}::date
    from json_to_recordset(${JSON.stringify(members.map((one) => ({ id: one.id, person_id: one.personId })))}::json)
      as member (id uuid, person_id uuid)
    on conflict on constraint programme_people_once do nothing`.execute(trx)
  return Number(added.numAffectedRows ?? 0)
}

/** Notes the workshop of people who wait for one, in every programme that counts from it. */
export async function noteWorkshop(
  trx: Trx,
  regionId: string,
  personIds: readonly string[],
  on: string,
): Promise<void> {
  await sql`update programme_people set workshop_on = ${on}::date
    from programmes
    where programmes.id = programme_people.programme_id and programmes.region_id = ${regionId}
      and programmes.counted = 'workshop' and programmes.status <> 'ended'
      and programme_people.workshop_on is null
      and programme_people.person_id = any(${personIds}::uuid[])`.execute(trx)
}

/** Takes back what {@link noteWorkshop} noted of that date, for whom no mail has left yet. */
export async function forgetWorkshop(
  trx: Trx,
  regionId: string,
  personIds: readonly string[],
  on: string,
): Promise<void> {
  await sql`update programme_people set workshop_on = null
    from programmes
    where programmes.id = programme_people.programme_id and programmes.region_id = ${regionId}
      and programmes.counted = 'workshop' and programmes.status <> 'ended'
      and programme_people.workshop_on = ${on}::date
      and programme_people.person_id = any(${personIds}::uuid[])
      and not exists (select from programme_mails where member_id = programme_people.id)`.execute(
    trx,
  )
}
