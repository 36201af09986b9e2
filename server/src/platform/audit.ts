import { newId } from './identity.ts'
import type { Trx } from './postgres/database.ts'

export interface AuditEntry {
  regionId: string | null
  accountId: string | null
  /** `feature.verb`, such as `days.open-sign-up`. */
  action: string
  subjectId?: string
  /** Counts and codes; never names, addresses or texts. */
  details?: Record<string, string | number | boolean>
}

/** Records what a director, coordinator or administrator did, in the transaction that did it. */
export async function recordAudit(trx: Trx, entry: AuditEntry, now: Date): Promise<void> {
  await trx
    .insertInto('audit_events')
    .values({
      id: newId(now),
      region_id: entry.regionId,
      account_id: entry.accountId,
      action: entry.action,
      subject_id: entry.subjectId ?? null,
      details: JSON.stringify(entry.details ?? {}),
      happened_at: now,
    })
    .execute()
}
