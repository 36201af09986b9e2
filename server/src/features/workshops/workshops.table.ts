import type { Generated, JSONColumnType } from 'kysely'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import type {
  SeatState,
  SessionStatus,
  WorkshopAttended,
  WorkshopAudience,
  WorkshopSayer,
  WorkshopStatus,
} from '#shared/workshops/workshops.vocabulary.ts'

export interface WorkshopsTables {
  workshops: {
    id: string
    region_id: string
    course: string
    title: string
    audience: JSONColumnType<WorkshopAudience>
    status: Generated<WorkshopStatus>
    choose_until: Date | null
    version: Generated<number>
    created_by: string | null
    created_at: Date
  }
  workshop_sessions: {
    id: string
    workshop_id: string
    region_id: string
    site_id: string | null
    place: string
    facilitator_id: string
    seats: number
    starts_at: Date
    ends_at: Date
    language: ContentLanguage
    status: Generated<SessionStatus>
    version: Generated<number>
    link_generation: Generated<number>
  }
  workshop_people: {
    id: string
    workshop_id: string
    region_id: string
    person_id: string
    choices: Generated<string[]>
    chosen_at: Generated<Date | null>
    declined: Generated<boolean>
    link_generation: Generated<number>
  }
  workshop_seats: {
    id: string
    workshop_id: string
    region_id: string
    session_id: string
    person_id: string
    state: SeatState
    waiting_since: Date | null
    lost_at: Date | null
    offered_until: Date | null
    walk_in: Generated<boolean>
    attended: Generated<WorkshopAttended | null>
    attended_by: Generated<WorkshopSayer | null>
  }
}
