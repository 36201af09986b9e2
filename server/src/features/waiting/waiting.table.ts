import type { Generated } from 'kysely'
import type { SeatOfferStatus, WithdrawnReason } from '#shared/waiting/waiting.vocabulary.ts'

export interface WaitingTables {
  seat_offers: {
    id: string
    region_id: string
    day_id: string
    slot_id: string
    person_id: string
    rank: number
    status: SeatOfferStatus
    made_at: Date
    expires_at: Date
    ended_at: Date | null
    withdrawn_reason: WithdrawnReason | null
    placement_id: string | null
    link_generation: Generated<number>
  }
}
