export interface FindingsTables {
  findings: {
    id: string
    region_id: string
    day_id: string
    irritant_id: string
    title: string
    note: string
    version: number
    created_by: string | null
    created_at: Date
    withdrawn_at: Date | null
    withdrawn_reason: string | null
  }
  finding_observations: {
    observation_id: string
    day_id: string
    finding_id: string
  }
}
