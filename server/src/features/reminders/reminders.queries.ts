import type { Insertable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { RemindersTables } from './reminders.table.ts'

type VersionRow = Insertable<RemindersTables['reminder_versions']>

export interface Found {
  id: string
  regionId: string
  shipped: string | null
  irritantId: string | null
}

const columns = ['id', 'region_id as regionId', 'shipped', 'irritant_id as irritantId'] as const

export function remindersOfRegion(db: Reader, regionId: string): Promise<Found[]> {
  return db
    .selectFrom('reminder_stories')
    .select(columns)
    .where('region_id', '=', regionId)
    .orderBy('id')
    .execute()
}

export function reminderById(db: Reader, regionId: string, id: string) {
  return db
    .selectFrom('reminder_stories')
    .select(columns)
    .where('region_id', '=', regionId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function reminderByName(db: Reader, regionId: string, shipped: string) {
  return db
    .selectFrom('reminder_stories')
    .select(columns)
    .where('region_id', '=', regionId)
    .where('shipped', '=', shipped)
    .executeTakeFirst()
}

/** Of two that make the same shipped reminder at once, one row remains, and both find it. */
export async function insertReminder(
  trx: Trx,
  row: Insertable<RemindersTables['reminder_stories']>,
): Promise<void> {
  await trx
    .insertInto('reminder_stories')
    .values(row)
    .onConflict((conflict) => conflict.constraint('reminder_stories_shipped_once').doNothing())
    .execute()
}

/** Holds a reminder until the transaction ends: its versions are numbered one after the other. */
export async function lockReminder(trx: Trx, id: string): Promise<void> {
  await trx.selectFrom('reminder_stories').select('id').where('id', '=', id).forUpdate().execute()
}

export async function deleteReminder(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('reminder_stories').where('id', '=', id).execute()
}

const versions = (db: Reader) =>
  db
    .selectFrom('reminder_versions')
    .leftJoin('accounts', 'accounts.id', 'reminder_versions.edited_by')
    .select([
      'reminder_id as reminderId',
      'version',
      'story',
      'own',
      'saved',
      'accounts.display_name as editedBy',
      'edited_at as editedAt',
      'published_at as publishedAt',
    ])

export type Version = Awaited<ReturnType<typeof newestOf>>[number]

/** Of each reminder the draft and the newest published version. */
export function newestOf(db: Reader, reminderIds: readonly string[]) {
  return versions(db)
    .where('reminder_id', 'in', reminderIds)
    .where((eb) =>
      eb.or([
        eb('published_at', 'is', null),
        eb('version', '=', (inner) =>
          inner
            .selectFrom('reminder_versions as other')
            .select(({ fn }) => fn.max('other.version').as('newest'))
            .whereRef('other.reminder_id', '=', 'reminder_versions.reminder_id')
            .where('other.published_at', 'is not', null),
        ),
      ]),
    )
    .execute()
}

/** A published version, by its number. */
export function publishedVersion(db: Reader, reminderId: string, version: number) {
  return versions(db)
    .where('reminder_id', '=', reminderId)
    .where('version', '=', version)
    .where('published_at', 'is not', null)
    .executeTakeFirst()
}

export async function insertVersion(trx: Trx, row: VersionRow): Promise<void> {
  await trx.insertInto('reminder_versions').values(row).execute()
}

/** Only ever a draft: what is published stays as it is. */
export async function updateDraft(
  trx: Trx,
  { reminder_id, version, ...row }: VersionRow,
): Promise<void> {
  await trx
    .updateTable('reminder_versions')
    .set(row)
    .where('reminder_id', '=', reminder_id)
    .where('version', '=', version)
    .where('published_at', 'is', null)
    .execute()
}

export async function deleteDraft(trx: Trx, reminderId: string): Promise<void> {
  await trx
    .deleteFrom('reminder_versions')
    .where('reminder_id', '=', reminderId)
    .where('published_at', 'is', null)
    .execute()
}
