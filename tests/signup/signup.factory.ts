import type { Wish } from '#server/features/signup/signup.rules.ts'
import { submitWishes } from '#server/features/signup/signup.service.ts'
import { type Database, inTransaction } from '#server/platform/postgres/database.ts'

export const anything: Wish = {
  roleId: null,
  periodId: null,
  place: 'any',
  siteId: null,
  radiusKm: null,
}

/** A sign-up through the service, for anything anywhere unless told; best wish first. */
export async function makeSignup(
  db: Database,
  now: Date,
  day: { id: string },
  person: { id: string },
  wishes: Partial<Wish>[] = [{}],
): Promise<void> {
  const outgoing = { mailDomain: 'region.example', publicUrl: 'http://localhost:3000' }
  const asked = {
    dayId: day.id,
    personId: person.id,
    wishes: wishes.map((wish) => ({ ...anything, ...wish })),
  }
  const refusal = await inTransaction(db, (trx) => submitWishes(trx, asked, outgoing, now))
  if (refusal) throw new Error(refusal.refused)
}
