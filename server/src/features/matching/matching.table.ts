import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { Wish } from '#server/features/signup/signup.rules.ts'
import type {
  EndedReason,
  PinKind,
  PlanFailure,
  PlanNumbers,
  PlanObjective,
  PlanReason,
  PlanStats,
  PlanStatus,
  WishReason,
} from '#shared/matching/matching.vocabulary.ts'

/** Wishes handed in, or being put together. */
export type HandKind = 'sent' | 'held'

export interface MatchingTables {
  chance_runs: {
    region_id: string
    day_id: string
    input_hash: string
    milliseconds: number
    computed_at: Date
  }
  hand_chances: {
    region_id: string
    day_id: string
    person_id: string
    kind: HandKind
    hand: JSONColumnType<Wish[]>
    asked_at: Date
    times: JSONColumnType<number[]> | null
    samples: number | null
    signed_up: number | null
    expected: number | null
    computed_at: Date | null
  }
  plans: {
    id: string
    region_id: string
    day_id: string
    number: number
    name: Generated<string>
    objective: PlanObjective
    basis_id: string | null
    kept: boolean
    status: PlanStatus
    progress_done: Generated<number>
    progress_total: Generated<number>
    stats: JSONColumnType<PlanStats> | null
    input_hash: string | null
    failure: PlanFailure | null
    created_by: string | null
    created_at: Date
    computed_at: Date | null
    published_at: Date | null
    discarded_at: Date | null
    alive_at: Date | null
  }
  plan_pins: {
    region_id: string
    day_id: string
    person_id: string
    slot_id: string
    kind: PinKind
    set_by: string | null
    set_at: Date
  }
  plan_choices: {
    id: string
    turn: GeneratedAlways<string>
    region_id: string
    day_id: string
    person_id: string
    slot_id: string
    former: PinKind | null
    kind: PinKind | null
    former_slot_id: string | null
    made_by: string | null
    made_at: Date
  }
  plan_guests: {
    plan_id: string
    day_id: string
    region_id: string
    person_id: string
    slot_id: string | null
    rank: number | null
    by_hand: boolean
    reason: PlanReason
    numbers: JSONColumnType<PlanNumbers>
    wishes: JSONColumnType<WishReason[]>
  }
  placements: {
    id: string
    region_id: string
    day_id: string
    person_id: string
    slot_id: string
    plan_id: string
    rank: number | null
    reason: PlanReason
    numbers: JSONColumnType<PlanNumbers>
    status: 'active' | 'ended'
    link_generation: Generated<number>
    created_at: Date
    ended_at: Date | null
    ended_reason: EndedReason | null
  }
}
