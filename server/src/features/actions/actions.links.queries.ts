import type { Reader, Trx } from '#server/platform/postgres/database.ts'

export function linkOf(db: Reader, inviteeId: string) {
  return db
    .selectFrom('action_links')
    .select(['generation', 'expires_at as expiresAt'])
    .where('invitee_id', '=', inviteeId)
    .executeTakeFirst()
}

/** Puts off the end of some links, and makes those that were never mailed. @returns their generations. */
export async function extendLinks(
  trx: Trx,
  inviteeIds: readonly string[],
  expiresAt: Date,
): Promise<Map<string, number>> {
  if (inviteeIds.length === 0) return new Map()
  const rows = await trx
    .insertInto('action_links')
    .values(inviteeIds.map((id) => ({ invitee_id: id, expires_at: expiresAt })))
    .onConflict((conflict) =>
      conflict.constraint('action_links_pk').doUpdateSet({ expires_at: expiresAt }),
    )
    .returning(['invitee_id', 'generation'])
    .execute()
  return new Map(rows.map((row) => [row.invitee_id, row.generation]))
}

/** Ends every link of these people about a day that was mailed so far. */
export async function revokeLinks(
  trx: Trx,
  dayId: string,
  personIds: readonly string[],
): Promise<void> {
  await trx
    .updateTable('action_links')
    .set((row) => ({ generation: row('generation', '+', 1) }))
    .where('invitee_id', 'in', (eb) =>
      eb
        .selectFrom('day_invitees')
        .select('id')
        .where('day_id', '=', dayId)
        .where('person_id', 'in', personIds),
    )
    .execute()
}
