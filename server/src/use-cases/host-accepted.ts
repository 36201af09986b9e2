import type { Slot } from '#server/features/slots/slots.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'

/**
 * Somebody hosts from now on: whatever they had asked for as a guest at the same hours is
 * withdrawn by the feature that keeps wishes.
 */
export async function hostAccepted(_trx: Trx, _slot: Slot, _now: Date): Promise<void> {}
