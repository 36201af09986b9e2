import { type Insertable, sql, type Updateable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { WorkshopsTables } from './workshops.table.ts'

const workshopColumns = [
  'id',
  'region_id as regionId',
  'course',
  'title',
  'audience',
  'status',
  'choose_until as chooseUntil',
  'version',
] as const

const sessionColumns = [
  'id',
  'workshop_id as workshopId',
  'region_id as regionId',
  'site_id as siteId',
  'place',
  'facilitator_id as facilitatorId',
  'seats',
  'starts_at as startsAt',
  'ends_at as endsAt',
  'language',
  'status',
  'version',
  'link_generation as linkGeneration',
] as const

export function workshopById(db: Reader, id: string) {
  return db.selectFrom('workshops').select(workshopColumns).where('id', '=', id).executeTakeFirst()
}

export type WorkshopRow = NonNullable<Awaited<ReturnType<typeof workshopById>>>

/** {@link workshopById}, held until the transaction ends. Whoever writes anything of a workshop holds it. */
export function lockWorkshop(trx: Trx, id: string) {
  return trx
    .selectFrom('workshops')
    .select(workshopColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** The newest first. */
export function workshopsOfRegion(db: Reader, regionId: string) {
  return db
    .selectFrom('workshops')
    .select(workshopColumns)
    .where('region_id', '=', regionId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export async function insertWorkshop(
  trx: Trx,
  row: Insertable<WorkshopsTables['workshops']>,
): Promise<void> {
  await trx.insertInto('workshops').values(row).execute()
}

/** Changes a workshop, which is held, and counts the change. */
export async function updateWorkshop(
  trx: Trx,
  id: string,
  changes: Omit<Updateable<WorkshopsTables['workshops']>, 'id' | 'version'> = {},
): Promise<void> {
  await trx
    .updateTable('workshops')
    .set({ ...changes, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

export async function deleteWorkshop(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('workshops').where('id', '=', id).execute()
}

export function sessionById(db: Reader, id: string) {
  return db
    .selectFrom('workshop_sessions')
    .select(sessionColumns)
    .where('id', '=', id)
    .executeTakeFirst()
}

export type SessionRow = NonNullable<Awaited<ReturnType<typeof sessionById>>>

/** All of them, cancelled ones too, the earliest first. */
export function sessionsOfWorkshops(db: Reader, workshopIds: readonly string[]) {
  return db
    .selectFrom('workshop_sessions')
    .select(sessionColumns)
    .where('workshop_id', 'in', workshopIds)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
}

/** What somebody leads between two instants, in workshops that take place. */
export function sessionsLedBy(
  db: Reader,
  facilitatorIds: readonly string[],
  hours: { startsAt: Date; endsAt: Date },
) {
  return db
    .selectFrom('workshop_sessions')
    .innerJoin('workshops', 'workshops.id', 'workshop_sessions.workshop_id')
    .select([
      'workshop_sessions.id as id',
      'workshop_sessions.facilitator_id as facilitatorId',
      'workshop_sessions.starts_at as startsAt',
      'workshop_sessions.ends_at as endsAt',
    ])
    .where('workshop_sessions.facilitator_id', 'in', facilitatorIds)
    .where('workshop_sessions.status', '=', 'planned')
    .where('workshops.status', '<>', 'cancelled')
    .where('workshop_sessions.starts_at', '<', hours.endsAt)
    .where('workshop_sessions.ends_at', '>', hours.startsAt)
    .execute()
}

export async function insertSession(
  trx: Trx,
  row: Insertable<WorkshopsTables['workshop_sessions']>,
): Promise<void> {
  await trx.insertInto('workshop_sessions').values(row).execute()
}

/** Changes a session, whose workshop is held, and counts the change. */
export async function updateSession(
  trx: Trx,
  id: string,
  changes: Omit<Updateable<WorkshopsTables['workshop_sessions']>, 'id' | 'version'>,
): Promise<void> {
  await trx
    .updateTable('workshop_sessions')
    .set({ ...changes, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

export async function deleteSession(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('workshop_sessions').where('id', '=', id).execute()
}

/** The links of whoever leads sessions of a workshop that are not over stop working. */
export async function endFacilitatorLinks(
  trx: Trx,
  workshopId: string,
  facilitatorIds: readonly string[],
  now: Date,
): Promise<void> {
  await trx
    .updateTable('workshop_sessions')
    .set({ link_generation: sql`link_generation + 1` })
    .where('workshop_id', '=', workshopId)
    .where('facilitator_id', 'in', facilitatorIds)
    .where('ends_at', '>', now)
    .execute()
}

/** Workshops of a region that are not cancelled and have a session that is not over. */
export async function workshopsToCome(db: Reader, regionId: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from workshops
    where region_id = ${regionId} and status <> 'cancelled' and exists (
      select from workshop_sessions where workshop_id = workshops.id and ends_at > ${now})
    order by id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Of these, those in which some people were asked or lead a session. */
export async function workshopsBoundTo(
  db: Reader,
  regionId: string,
  personIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const toCome = await workshopsToCome(db, regionId, now)
  const { rows } = await sql<{ id: string }>`select workshop_id as id from workshop_people
      where workshop_id = any(${toCome}::uuid[]) and person_id = any(${personIds}::uuid[])
    union select workshop_id from workshop_sessions
      where workshop_id = any(${toCome}::uuid[]) and facilitator_id = any(${personIds}::uuid[])
    order by id`.execute(db)
  return rows.map(({ id }) => id)
}
