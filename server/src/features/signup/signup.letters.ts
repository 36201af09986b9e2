import { languagesOf, regionById } from '#server/features/accounts/accounts.service.ts'
import { type Day, ensureInvitees } from '#server/features/days/days.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import { type Person, peopleByIds } from '#server/features/roster/roster.service.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import type { Mail } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import * as queries from './signup.queries.ts'

/** A mail about a day before its words: to whom, from whom, in which language, and the way out. */
export interface Letter {
  person: Person
  language: Language
  inviteeId: string
  /** Placeholder of the one-click way out of all mail about the day. */
  leave: string
  head: Omit<Mail, 'subject' | 'text' | 'html' | 'unsubscribe'>
}

/**
 * One letter for each of these people who has an address and did not opt out of mail about the day,
 * in no particular order. Mailings begin here, so that none forgets whom to leave alone.
 */
export async function lettersTo(
  trx: Trx,
  day: Day,
  personIds: readonly string[],
  purpose: string,
  now: Date,
): Promise<Letter[]> {
  const silenced = new Set((await queries.optOutsOfDay(trx, day.id)).map((one) => one.personId))
  const found = await peopleByIds(trx, [...personIds])
  const reached = found.filter(({ id, email }) => email !== null && !silenced.has(id))
  if (reached.length === 0) return []
  const accountIds = reached.flatMap(({ accountId }) => accountId ?? [])
  const languages = await languagesOf(trx, accountIds)
  const ids = reached.map(({ id }) => id)
  const invitees = await ensureInvitees(trx, day, ids, now)
  const fromName = (await regionById(trx, day.regionId))?.name ?? ''
  return reached.map((person) => {
    const language = languages.get(person.accountId ?? '') ?? 'fr'
    const inviteeId = invitees.get(person.id)!
    const to = { name: fullName(person), address: person.email! }
    return {
      person,
      language,
      inviteeId,
      leave: capabilityPlaceholder('opt-out', inviteeId, 1),
      head: { regionId: day.regionId, dayId: day.id, purpose, to, language, fromName },
    }
  })
}
