import type { JSONColumnType } from 'kysely'
import type { KitLanguage, KitLine, KitSection } from '#shared/kits/kits.vocabulary.ts'

export interface KitsTables {
  kit_parts: {
    region_id: string
    role_id: string
    language: KitLanguage
    section: KitSection
    lines: JSONColumnType<KitLine[] | null, string | null, string | null>
    replaced: JSONColumnType<KitLine[], string, string>
    version: number
    edited_by: string | null
    edited_at: Date
  }
}
