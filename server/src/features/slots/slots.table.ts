import type { Generated } from 'kysely'
import type { SlotRelease, SlotStatus } from '#shared/slots/slots.vocabulary.ts'

export interface SlotsTables {
  slots: {
    id: string
    region_id: string
    day_id: string
    site_id: string
    role_id: string
    host_id: string
    period_id: string
    starts_at: Date
    ends_at: Date
    capacity: number
    no_calls: Generated<boolean>
    accessible: Generated<boolean>
    safety_equipment: Generated<boolean>
    languages: Generated<string[]>
    note: Generated<string>
    status: SlotStatus
    release: SlotRelease
    link_generation: Generated<number>
    card_code_hash: string | null
    proposed_by: string | null
    created_at: Date
    answered_at: Date | null
    released_by: string | null
    released_at: Date | null
    refused_reason: string | null
    closed_at: Date | null
    closed_reason: string | null
  }
  site_caps: {
    region_id: string
    day_id: string
    site_id: string
    period_id: string
    capacity: number
  }
  site_limits: {
    region_id: string
    day_id: string
    site_id: string
    visitors: number
  }
}
