import type { PictureKind } from '#shared/reports/reports.vocabulary.ts'

export interface ReportsTables {
  reports: {
    region_id: string
    day_id: string
    pictures: PictureKind[]
    quotes: string[]
    coming: string
    version: number
    edited_by: string | null
    edited_at: Date
  }
}
