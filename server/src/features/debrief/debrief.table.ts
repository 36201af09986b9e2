import type { Step } from '#shared/debrief/debrief.vocabulary.ts'

export interface DebriefTables {
  debriefs: {
    day_id: string
    region_id: string
    code: string
    step: Step
    hearts: number
    ballot_key: string | null
    ballots: number | null
    stepped_on: string
  }
  debrief_cards: {
    observation_id: string
    day_id: string
    shown: boolean
  }
  debrief_voters: {
    day_id: string
    person_id: string
    region_id: string
    blinded_hash: string
  }
  debrief_ballots: {
    id: string
    day_id: string
  }
  debrief_votes: {
    ballot_id: string
    finding_id: string
    day_id: string
  }
  debrief_results: {
    day_id: string
    finding_id: string
    hearts: number
  }
}
