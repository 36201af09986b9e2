import { createHash } from 'node:crypto'
import { fullName } from '#server/features/roster/roster.rules.ts'
import { say } from '#server/platform/i18n.ts'
import { hideMailLinks } from '#server/platform/mail/links.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal } from '#server/platform/refusal.ts'
import type { SendingPreview } from '#shared/invitations/invitations.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { dateWords, hoursWords } from './invitations.mails.ts'
import type { Meeting } from './invitations.meetings.ts'
import type { Reconciled, Told } from './invitations.service.ts'

/** A name for exactly this set of mails, the same for the preview and for what is then sent. */
export function fingerprintOf(told: readonly Told[]): string {
  const lines = told.map((one) => [one.side, one.telling, one.personId, one.slotId].join(' '))
  return createHash('sha256').update(lines.sort().join('\n')).digest('base64url')
}

class Undone extends Error {
  readonly result: unknown
  constructor(result: unknown) {
    super('undone')
    this.result = result
  }
}

/**
 * Does the work and undoes it: what a preview shows is what the same code would really write.
 * Nothing of it is seen by anybody else, and no mail can leave.
 */
export async function rehearse<T>(
  db: Database,
  work: (trx: Trx) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  try {
    return await inTransaction(db, async (trx) => {
      const result = await work(trx)
      if (isRefusal(result)) return result
      throw new Undone(result)
    })
  } catch (error) {
    if (error instanceof Undone) return error.result as T
    throw error
  }
}

/** What a director reads before confirming; personal links lead nowhere in it. */
export function previewOf(
  { told, unreachable, unheard = [], spared = [] }: Reconciled,
  holdSeconds: number,
  language: Language,
): SendingPreview {
  const kinds = Map.groupBy(told, ({ side, telling }) => `${side} ${telling}`)
  const hidden = say(language, 'invitations:preview.link')
  return {
    fingerprint: fingerprintOf(told),
    total: told.length,
    holdSeconds,
    counts: [...kinds.values()].map((same) => ({
      side: same[0]!.side,
      telling: same[0]!.telling,
      count: same.length,
    })),
    recipients: told.map(({ side, telling, name, facts }) => ({
      side,
      telling,
      name,
      about: facts ? aboutWords(facts, language) : '',
    })),
    unreachable: [
      ...unreachable.map(({ side, person, facts }) => ({
        side,
        name: fullName(person),
        about: aboutWords(facts, language),
      })),
      ...unheard.map((person) => ({
        side: 'guest' as const,
        name: fullName(person),
        about: say(language, 'invitations:preview.leftOut'),
      })),
    ],
    spared,
    samples: [...kinds.values()].map(([first]) => ({
      side: first!.side,
      telling: first!.telling,
      subject: first!.mail.subject,
      ...hideMailLinks({ text: first!.mail.text, html: first!.mail.html }, hidden),
    })),
  }
}

/** « Vendeur en boutique · Boutique Dax · jeudi 20 mai 2027, 8 h 45 – 12 h 15 ». */
function aboutWords(facts: Meeting['facts'], language: Language): string {
  const { startsAt, endsAt, timeZone } = facts
  const date = dateWords(startsAt, timeZone, language)
  const hours = hoursWords(startsAt, endsAt, timeZone, language)
  return [facts.role[language], facts.siteName, `${date}, ${hours}`].join(' · ')
}
