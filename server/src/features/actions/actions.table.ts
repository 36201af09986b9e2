import type { Generated } from 'kysely'
import type { QuotePart } from '#shared/actions/actions.changes.contract.ts'
import type { ActionStatus } from '#shared/actions/actions.vocabulary.ts'

export interface ActionsTables {
  actions: {
    id: string
    region_id: string
    day_id: string
    title: string
    owner_id: string | null
    told_owner_id: Generated<string | null>
    due_on: string | null
    status: Generated<ActionStatus>
    reason: Generated<string | null>
    decided_at: Generated<Date | null>
    measure_name: Generated<string | null>
    measure_unit: Generated<string | null>
    measure_before: Generated<number | null>
    measure_before_on: Generated<string | null>
    measure_after: Generated<number | null>
    measure_after_on: Generated<string | null>
    version: Generated<number>
    created_by: string | null
    created_at: Date
    changed_at: Date
  }
  action_findings: {
    action_id: string
    day_id: string
    finding_id: string
  }
  action_notes: {
    id: string
    action_id: string
    region_id: string
    status: ActionStatus
    words: string
    person_id: string | null
    account_id: string | null
    by_link: Generated<boolean>
    written_at: Date
  }
  action_links: {
    invitee_id: string
    generation: Generated<number>
    expires_at: Date
  }
  action_summaries: {
    person_id: string
    day_id: string
    region_id: string
    week: string
  }
  change_links: {
    region_id: string
    day_id: string
    generation: Generated<number>
    shared: Generated<boolean>
  }
  change_quotes: {
    region_id: string
    day_id: string
    observation_id: string
    part: QuotePart
    words: string
  }
  action_returns: {
    person_id: string
    action_id: string
    region_id: string
    status: ActionStatus
  }
}
