import type { JSONColumnType } from 'kysely'
import type { KitLine, KitSection } from '#shared/kits/kits.vocabulary.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'

export interface KitsTables {
  kit_parts: {
    region_id: string
    role_id: string
    language: ContentLanguage
    section: KitSection
    lines: JSONColumnType<KitLine[] | null, string | null, string | null>
    replaced: JSONColumnType<KitLine[], string, string>
    version: number
    edited_by: string | null
    edited_at: Date
  }
}
