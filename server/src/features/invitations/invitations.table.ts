import type { Generated } from 'kysely'

export interface InvitationsTables {
  calendar_events: {
    id: string
    region_id: string
    day_id: string
    slot_id: string | null
    placement_id: string | null
    uid: string
    sequence: number
    status: 'confirmed' | 'cancelled'
    attendee_name: string
    attendee_address: string
    schedule_hash: string
    content_hash: string
    told: Generated<boolean>
    held: 'REQUEST' | 'CANCEL' | null
    stamped_at: Date
    created_at: Date
  }
}
