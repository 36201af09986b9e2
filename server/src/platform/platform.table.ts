import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { Language } from '#shared/vocabulary/language.ts'

export type OutboxStatus = 'waiting' | 'sending' | 'sent' | 'failed' | 'stopped'

export interface PlatformTables {
  outbox_batches: {
    id: string
    region_id: string
    day_id: string | null
    workshop_id: string | null
    purpose: string
    created_by: string | null
    created_at: Date
    stopped_at: Date | null
  }
  outbox: {
    id: string
    written: GeneratedAlways<number>
    batch_id: string | null
    region_id: string | null
    day_id: string | null
    workshop_id: string | null
    purpose: string
    event_id: string | null
    asks_about: Generated<string | null>
    to_address: string
    to_name: string
    language: Language
    from_name: string | null
    subject: string
    text_body: string
    html_body: string
    calendar_method: 'REQUEST' | 'CANCEL' | null
    calendar_body: string | null
    event_before: JSONColumnType<Record<string, unknown>> | null
    unsubscribe: string | null
    message_id: string
    status: OutboxStatus
    release_at: Date
    attempts: Generated<number>
    claimed_until: Date | null
    last_error: string | null
    created_at: Date
    sent_at: Date | null
    bounced_at: Generated<Date | null>
  }
  outbox_pace: {
    one: Generated<boolean>
    minute_began: Generated<Date>
    tries: Generated<number>
    paused_until: Generated<Date>
  }
  audit_events: {
    id: string
    region_id: string | null
    account_id: string | null
    action: string
    subject_id: string | null
    details: JSONColumnType<Record<string, string | number | boolean>>
    happened_at: Date
  }
  idempotency_records: {
    account_id: string
    key: string
    request_hash: string
    status: number | null
    body: string | null
    created_at: Date
  }
  attempts: {
    purpose: string
    subject_hash: string
    attempted_at: Date
  }
  mailbox_folders: {
    folder: string
    uid_validity: number
    last_uid: number
  }
  mailbox_failures: {
    folder: string
    uid: number
    tries: number
    last_error: string
    tried_at: Date
  }
}
