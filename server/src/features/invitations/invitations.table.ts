import type { Generated, JSONColumnType } from 'kysely'
import type { RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'
import type { HeldAnswer } from '#shared/invitations/invitations.answers.contract.ts'
import type { KnownFacts } from './invitations.rules.ts'
import type { Verdict } from './replies/replies.rules.ts'

export interface InvitationsTables {
  reminders: { event_id: string; kind: 'week' | 'day'; reminded_at: Date }
  calendar_events: {
    id: string
    region_id: string
    day_id: string | null
    workshop_id: string | null
    slot_id: string | null
    placement_id: string | null
    workshop_seat_id: string | null
    workshop_session_id: string | null
    uid: string
    sequence: number
    status: 'confirmed' | 'cancelled'
    attendee_name: string
    attendee_address: string
    schedule_hash: string
    content_hash: string
    known: KnownFacts | null
    told: Generated<boolean>
    held: 'REQUEST' | 'CANCEL' | null
    stamped_at: Date
    created_at: Date
  }
  event_answers: {
    event_id: string
    answer: RecordedAnswer
    sequence: number
    stamped_at: Date | null
    sent_at: Date
  }
  attendee_aliases: {
    region_id: string
    person_id: string
    address: string
    added_by: string
    added_at: Date
  }
  inbound_mails: {
    id: string
    identity: string
    verdict: Exclude<Verdict['kind'], 'seen'>
    reason: string | null
    region_id: string | null
    day_id: string | null
    workshop_id: string | null
    event_id: string | null
    outbox_id: string | null
    answer: RecordedAnswer | null
    from_address: string | null
    attendee_address: string | null
    comment: string | null
    proposed: JSONColumnType<NonNullable<HeldAnswer['proposed']>> | null
    sent_at: Date
    received_at: Date
    settled_how: 'applied' | 'dismissed' | 'superseded' | 'over' | null
    settled_by: string | null
    settled_at: Date | null
  }
}
