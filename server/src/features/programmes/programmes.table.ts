import type { Generated, JSONColumnType } from 'kysely'
import type {
  Audience,
  Counted,
  ProgrammeMailKind,
  ProgrammeStatus,
} from '#shared/programmes/programmes.vocabulary.ts'

export interface ProgrammesTables {
  programmes: {
    id: string
    region_id: string
    name: string
    audience: JSONColumnType<Audience>
    counted: Counted
    starts_on: string | null
    months_between: number
    status: Generated<ProgrammeStatus>
    gathered_on: Generated<string | null>
    version: Generated<number>
    created_by: string | null
    created_at: Date
  }
  programme_steps: {
    programme_id: string
    region_id: string
    position: number
    reminder_id: string
    version: number
  }
  programme_people: {
    id: string
    programme_id: string
    region_id: string
    person_id: string
    joined_on: string
    workshop_on: string | null
    stopped_on: Generated<string | null>
    link_generation: Generated<number>
  }
  programme_pauses: {
    id: string
    programme_id: string
    member_id: string | null
    from_on: string
    until_on: string | null
    own: boolean
  }
  programme_mails: {
    id: string
    member_id: string
    position: number
    kind: ProgrammeMailKind
    sent_on: string
    finished: Generated<boolean>
    ask_on: Generated<string | null>
  }
}
