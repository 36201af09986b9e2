import type { Generated } from 'kysely'

/** What may be told of a reminder; answers are not among it. */
export type RecordVerb = 'initialized' | 'completed'

export interface RecordsTables {
  record_accounts: {
    person_id: string
    account: string
  }
  record_statements: {
    id: string
    account: string
    verb: RecordVerb
    programme_id: string
    reminder_id: string
    version: number
    week_on: string
    refused: Generated<string | null>
  }
  record_trouble: {
    single: Generated<boolean>
    since: Date
    said: string
  }
}
