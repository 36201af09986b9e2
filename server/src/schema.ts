import type { AccountsTables } from './features/accounts/accounts.table.ts'
import type { PlatformTables } from './platform/platform.table.ts'

/** Every table of the database, told by the feature that owns it. */
export interface Schema extends PlatformTables, AccountsTables {}
