import type { Generated } from 'kysely'
import type { GrantKind } from '#shared/accounts/accounts.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'

export interface AccountsTables {
  regions: {
    id: string
    slug: string
    name: string
    time_zone: string
    created_at: Date
  }
  accounts: {
    id: string
    email: string
    display_name: string
    language: Language
    feed_generation: Generated<number>
    created_at: Date
    closed_at: Generated<Date | null>
  }
  grants: {
    id: string
    account_id: string
    kind: GrantKind
    region_id: string | null
    site_id: string | null
    granted_by: string | null
    granted_at: Date
  }
  sign_in_links: {
    id: string
    account_id: string
    token_hash: string
    created_at: Date
    expires_at: Date
    used_at: Date | null
  }
  sessions: {
    id: string
    account_id: string
    token_hash: string
    created_at: Date
    last_seen_at: Date
    expires_at: Date
    revoked_at: Date | null
  }
}
