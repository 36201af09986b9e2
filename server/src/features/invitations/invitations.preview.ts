import { createHash } from 'node:crypto'
import { fullName } from '#server/features/roster/roster.rules.ts'
import { say } from '#server/platform/i18n.ts'
import { hideMailLinks } from '#server/platform/mail/links.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal } from '#server/platform/refusal.ts'
import type { SendingPreview } from '#shared/invitations/invitations.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import type { Reconciled, Told } from './invitations.calendars.ts'

/** A name for exactly this set of mails, the same for the preview and for what is then sent. */
export function fingerprintOf(told: readonly Told[]): string {
  const lines = told.map((one) => [one.side, one.telling, one.personId, one.meetingId].join(' '))
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
    recipients: told.map(({ side, telling, name, about }) => ({
      side,
      telling,
      name,
      about: about?.(language) ?? '',
    })),
    unreachable: [
      ...unreachable.map(({ side, person, about }) => ({
        side,
        name: fullName(person),
        about: about(language),
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
