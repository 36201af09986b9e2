import type { Generated } from 'kysely'
import type { HandoverStatus } from '#shared/handovers/handovers.vocabulary.ts'

export interface HandoversTables {
  handovers: {
    id: string
    region_id: string
    day_id: string
    slot_id: string
    from_id: string
    to_id: string
    status: HandoverStatus
    asked_at: Date
    expires_at: Date
    ended_at: Date | null
    link_generation: Generated<number>
  }
}
