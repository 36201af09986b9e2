import { sql } from 'kysely'
import type { Database } from '../postgres/database.ts'

/** How far a folder is read: below `lastUid` everything was handed over and marked. */
export interface Progress {
  uidValidity: number
  lastUid: number
}

export async function progressOf(db: Database, folder: string): Promise<Progress | undefined> {
  return db
    .selectFrom('mailbox_folders')
    .select(['uid_validity as uidValidity', 'last_uid as lastUid'])
    .where('folder', '=', folder)
    .executeTakeFirst()
}

export async function saveProgress(
  db: Database,
  folder: string,
  { uidValidity, lastUid }: Progress,
): Promise<void> {
  await db
    .insertInto('mailbox_folders')
    .values({ folder, uid_validity: uidValidity, last_uid: lastUid })
    .onConflict((conflict) =>
      conflict.column('folder').doUpdateSet({ uid_validity: uidValidity, last_uid: lastUid }),
    )
    .execute()
}

/** Mails that were taken at last, were given up, or are gone. */
export async function forgetFailures(
  db: Database,
  folder: string,
  uids: readonly number[],
): Promise<void> {
  if (uids.length === 0) return
  await db
    .deleteFrom('mailbox_failures')
    .where('folder', '=', folder)
    .where('uid', 'in', uids)
    .execute()
}

/** Counts one failure more of a mail. @returns how often it failed by now. */
export async function countFailure(
  db: Database,
  folder: string,
  uid: number,
  error: string,
  now: Date,
): Promise<number> {
  const row = await db
    .insertInto('mailbox_failures')
    .values({ folder, uid, tries: 1, last_error: error, tried_at: now })
    .onConflict((conflict) =>
      conflict.columns(['folder', 'uid']).doUpdateSet({
        tries: sql`mailbox_failures.tries + 1`,
        last_error: error,
        tried_at: now,
      }),
    )
    .returning('tries')
    .executeTakeFirstOrThrow()
  return row.tries
}

/** Mails that failed and were left alone since `before`. */
export async function failuresToTry(db: Database, folder: string, before: Date): Promise<number[]> {
  const rows = await db
    .selectFrom('mailbox_failures')
    .select('uid')
    .where('folder', '=', folder)
    .where('tried_at', '<=', before)
    .orderBy('uid')
    .execute()
  return rows.map(({ uid }) => uid)
}
