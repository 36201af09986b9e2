import type { JSONColumnType } from 'kysely'
import type { IdeaSource, Moment } from '#shared/observations/observations.contract.ts'

/** What waits in the intake: the row to be, and nothing about how it came. */
export interface IntakePayload {
  regionId: string
  roleId: string
  irritantId: string
  siteId: string | null
  moment: Moment
  frequency: number
  severity: number
  situation: string
  idea: string
  unmasked: boolean
  ideaFrom: IdeaSource | null
  secretHash: string
  withdrawn: boolean
}

export interface ObservationsTables {
  observations: {
    id: string
    region_id: string
    day_id: string
    role_id: string
    irritant_id: string
    site_id: string | null
    moment: Moment
    frequency: number
    severity: number
    situation: string
    idea: string
    unmasked: boolean
    idea_from: IdeaSource | null
    anonymous: boolean
    author_id: string | null
    observed_at: Date | null
    secret_hash: string | null
    withdrawn: boolean
  }
  observing_credentials: {
    day_id: string
    generation: number
  }
  observation_intake: {
    id: string
    day_id: string
    payload: JSONColumnType<IntakePayload>
    release_at: Date
  }
}
