import type { Generated, JSONColumnType } from 'kysely'
import type { ImportStatus, RoleDrawing } from '#shared/roster/roster.contract.ts'
import type { RosterKind, RowOutcome, SiteKind } from '#shared/roster/roster.vocabulary.ts'
import type { Mapping } from './roster.columns.ts'

export interface RosterTables {
  sites: {
    id: string
    region_id: string
    code: string
    kind: SiteKind
    name: string
    address: string
    postcode: string
    town: string
    latitude: number | null
    longitude: number | null
    updated_at: Date
  }
  roles: {
    id: string
    region_id: string
    code: string
    name_fr: string
    name_en: string
    teaser_fr: Generated<string>
    teaser_en: Generated<string>
    drawing: RoleDrawing
    site_kind: SiteKind | null
    position: number
    archived_at: Date | null
  }
  people: {
    id: string
    region_id: string
    site_id: string
    account_id: string | null
    employee_number: string
    last_name: string
    first_name: string
    email: string | null
    phone: string | null
    entity: string
    job_title: string
    job_title_key: string
    updated_at: Date
    left_on: Generated<string | null>
  }
  job_title_roles: {
    region_id: string
    job_title_key: string
    title: string
    role_id: string | null
  }
  roster_imports: {
    id: string
    region_id: string
    kind: RosterKind
    file_name: string
    content: Buffer | null
    sheet: string | null
    header_line: number | null
    mapping: JSONColumnType<Mapping>
    status: ImportStatus
    counts: JSONColumnType<Record<RowOutcome, number>> | null
    created_by: string | null
    created_at: Date
    committed_at: Date | null
  }
  roster_mappings: {
    region_id: string
    kind: RosterKind
    header_signature: string
    mapping: JSONColumnType<Mapping>
    updated_at: Date
  }
}
