import type { JSONColumnType } from 'kysely'
import type { Story } from '#shared/reminders/reminders.story.ts'

export interface RemindersTables {
  reminder_stories: {
    id: string
    region_id: string
    shipped: string | null
    irritant_id: string | null
  }
  reminder_versions: {
    reminder_id: string
    version: number
    story: JSONColumnType<Story, string, string>
    own: boolean
    saved: number
    edited_by: string | null
    edited_at: Date
    published_at: Date | null
  }
}
