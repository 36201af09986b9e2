import type { Generated } from 'kysely'

export interface DaysTables {
  irritants: {
    id: string
    region_id: string
    code: string
    name_fr: string
    name_en: string
    position: number
    archived_at: Date | null
  }
  days: {
    id: string
    region_id: string
    name: string
    /** `YYYY-MM-DD`, local to `time_zone`. */
    date: string
    time_zone: string
    offers_close_at: Date
    sign_up_closes_at: Date
    confirm_until: Date
    release_required: Generated<boolean>
    expected_guests: number | null
    sign_up_opened_at: Date | null
    sign_up_closed_at: Date | null
    published_at: Date | null
    cancelled_at: Date | null
    created_by: string | null
    created_at: Date
  }
  periods: {
    id: string
    region_id: string
    day_id: string
    code: string
    name_fr: string
    name_en: string
    /** `HH:MM:SS` as PostgreSQL writes a time. */
    starts_at: string
    ends_at: string
    position: number
  }
  day_focus_irritants: {
    region_id: string
    day_id: string
    irritant_id: string
  }
  day_invitees: {
    id: string
    region_id: string
    day_id: string
    person_id: string
    invited_at: Date
  }
}
