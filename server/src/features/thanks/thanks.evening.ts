import * as days from '#server/features/days/days.service.ts'
import { shuffled } from '#server/features/observations/observations.rules.ts'
import { lettersTo } from '#server/features/signup/signup.service.ts'
import * as slots from '#server/features/slots/slots.service.ts'
import { pagePaths } from '#server/links.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { newUntimedId } from '#server/platform/identity.ts'
import { enqueueMails, type Mail } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { thanksMail } from './thanks.mails.ts'
import * as queries from './thanks.queries.ts'
import { isEvening } from './thanks.rules.ts'
import { openCard, receivedThanks, type WaitingCard } from './thanks.service.ts'

/** What leaving needs of the house. */
export interface Leaving {
  secret: string
  mailDomain: string
  publicUrl: string
  /** A whole number from 0 up to, not including, its argument. */
  draw: (below: number) => number
}

/**
 * Hands the cards of the evening to their hosts, shuffled, and writes one mail to each host who wants
 * mail about the day, all in one transaction; does nothing at any other hour.
 */
export async function deliverCards(
  trx: Trx,
  day: days.Day,
  now: Date,
  leaving: Leaving,
): Promise<void> {
  if (!isEvening(day.timeZone, now)) return
  const today = days.dateOf(now, day.timeZone)
  const sealed = await queries.takeDue(trx, day.id, today)
  const cards = sealed.flatMap((one) => openCard(leaving.secret, one) ?? [])
  if (cards.length === 0) return
  const rows = cards.map(({ placementId, hostId, words, signed }) => ({
    id: newUntimedId(),
    region_id: day.regionId,
    day_id: day.id,
    placement_id: placementId,
    host_id: hostId,
    words,
    signed,
    left_on: today,
  }))
  await queries.insertThanks(trx, shuffled(rows, leaving.draw))
  const ids = new Set(rows.map(({ id }) => id))
  const slotOf = new Map(cards.map(({ hostId, slotId }) => [hostId, slotId]))
  const mails = await mailsTo(trx, day, slotOf, ids, now, leaving)
  await enqueueMails(trx, mails, now, leaving.mailDomain)
}

/** One mail for each host, with the cards that left just now. It belongs to no day: no director reads it. */
async function mailsTo(
  trx: Trx,
  day: days.Day,
  slotOf: ReadonlyMap<string, WaitingCard['slotId']>,
  leftNow: ReadonlySet<string>,
  now: Date,
  leaving: Leaving,
): Promise<Mail[]> {
  const letters = await lettersTo(trx, day, [...slotOf.keys()], 'thanks', now)
  const mails: Mail[] = []
  for (const { head, person: host, language, leave } of letters) {
    const received = await receivedThanks(trx, day.id, host.id)
    const slot = await slots.slotById(trx, slotOf.get(host.id)!)
    const { dayId: _, ...ofNoDay } = head
    mails.push({
      ...ofNoDay,
      ...thanksMail({
        language,
        firstName: host.firstName,
        dayName: day.name,
        cards: received.filter(({ id }) => leftNow.has(id)),
        // A slot handed over since has another host’s link.
        page:
          slot?.hostId === host.id
            ? capabilityPlaceholder('slot', slot.id, slot.linkGeneration)
            : leaving.publicUrl.replace(/\/+$/, '') + pagePaths.thanks(day.id),
        leave,
      }),
    })
  }
  return mails
}
