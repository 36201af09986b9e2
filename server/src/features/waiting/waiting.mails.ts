import {
  type Day,
  dateWords,
  hoursWords,
  instantWords,
} from '#server/features/days/days.service.ts'
import { fullName, roleName } from '#server/features/roster/roster.rules.ts'
import { peopleByIds, rolesById, sitesById } from '#server/features/roster/roster.service.ts'
import { lettersTo } from '#server/features/signup/signup.service.ts'
import { slotsOfDay } from '#server/features/slots/slots.service.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { say } from '#server/platform/i18n.ts'
import { composeMail } from '#server/platform/mail/layout.ts'
import { enqueueMails, type Mail, withdrawAsking } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import type { SeatOffer } from './waiting.offers.ts'

type SeatOfferWord = 'offer' | 'moved' | 'gone'

/** A mail written to somebody on the waiting list, as a preview wants to know it. */
export interface ToldWaiting {
  personId: string
  slotId: string
  name: string
  mail: { subject: string; text: string; html: string }
}

/** Writes to whoever was offered a place; who wants no mail about the day finds it on their card. */
export function tellOffered(trx: Trx, day: Day, offers: SeatOffer[], now: Date, domain: string) {
  return tell(trx, day, offers, 'offer', {}, now, domain)
}

/** Writes the present hours to those offered a place whose slot was moved, in place of mails yet to leave. */
export async function tellMoved(
  trx: Trx,
  day: Day,
  offers: SeatOffer[],
  now: Date,
  domain: string,
) {
  for (const { id } of offers) await withdrawAsking(trx, id)
  return tell(trx, day, offers, 'moved', {}, now, domain)
}

/** Writes to those whose offer is no longer there, unless they made it so themselves. */
export function tellWithdrawn(
  trx: Trx,
  day: Day,
  offers: SeatOffer[],
  sending: { batchId?: string; releaseAt?: Date },
  now: Date,
  domain: string,
) {
  const gone = offers.filter(({ withdrawnReason }) =>
    ['slot-gone', 'replanned'].includes(withdrawnReason ?? ''),
  )
  return tell(trx, day, gone, 'gone', sending, now, domain)
}

async function tell(
  trx: Trx,
  day: Day,
  offers: SeatOffer[],
  word: SeatOfferWord,
  sending: { batchId?: string; releaseAt?: Date },
  now: Date,
  domain: string,
): Promise<ToldWaiting[]> {
  if (offers.length === 0) return []
  const offerOf = new Map(offers.map((one) => [one.personId, one]))
  const purpose = word === 'offer' ? 'seat-offer' : `seat-offer-${word}`
  const letters = await lettersTo(trx, day, [...offerOf.keys()], purpose, now)
  const write = await writer(trx, day, offers, word)
  const written = letters.map(({ head, person, language, leave }) => {
    const offer = offerOf.get(person.id)!
    return { head, person, offer, mail: write(offer, person.firstName, language, leave) }
  })
  const mails = written.map(({ head, offer, mail }): Mail => {
    const asking = word === 'gone' ? {} : { asksAbout: offer.id }
    return { ...head, ...sending, ...asking, ...mail }
  })
  await enqueueMails(trx, mails, now, domain)
  return written.map(({ person, offer, mail }) => ({
    personId: person.id,
    slotId: offer.slotId,
    name: fullName(person),
    mail,
  }))
}

async function writer(trx: Trx, day: Day, offers: SeatOffer[], word: SeatOfferWord) {
  const slots = new Map((await slotsOfDay(trx, day.id)).map((slot) => [slot.id, slot]))
  const sites = await sitesById(trx, day.regionId)
  const roles = await rolesById(trx, day.regionId)
  const hostIds = [...new Set(offers.map(({ slotId }) => slots.get(slotId)!.hostId))]
  const hosts = new Map((await peopleByIds(trx, hostIds)).map((host) => [host.id, host]))
  return (offer: SeatOffer, firstName: string, language: Language, unsubscribe: string) => {
    const slot = slots.get(offer.slotId)!
    const site = sites.get(slot.siteId)
    const role = roles.get(slot.roleId)
    return seatOfferMail(word, {
      language,
      firstName,
      day,
      offer,
      hours: slot,
      roleName: roleName(role, language),
      siteName: site?.name ?? '',
      town: site?.town ?? '',
      hostName: hosts.get(slot.hostId)?.firstName ?? '',
      unsubscribe,
    })
  }
}

export interface SeatOfferMail {
  language: Language
  firstName: string
  day: Pick<Day, 'name' | 'date' | 'timeZone'>
  offer: Pick<SeatOffer, 'id' | 'linkGeneration' | 'rank' | 'expiresAt' | 'withdrawnReason'>
  hours: { startsAt: Date; endsAt: Date }
  roleName: string
  siteName: string
  town: string
  /** The host's first name. */
  hostName: string
  /** Placeholder of the one-click way out. */
  unsubscribe: string
}

/** « A place is yours if you like », that its hours are others now, or that it is no longer there. */
export function seatOfferMail(word: SeatOfferWord, mail: SeatOfferMail) {
  const { language, day, offer, unsubscribe } = mail
  const values = {
    name: mail.firstName,
    day: day.name,
    role: mail.roleName,
    site: mail.siteName,
    date: dateWords(day.date, language),
    hours: hoursWords(mail.hours, day.timeZone, language),
    rank: offer.rank,
    until: instantWords(offer.expiresAt, day.timeZone, language),
  }
  const words = (key: string) => say(language, `waiting:${word}.${key}`, values)
  const fact = (key: string, value: string) => ({
    label: say(language, `waiting:facts.${key}`),
    value,
  })
  const link = capabilityPlaceholder('seat-offer', offer.id, offer.linkGeneration)
  const body = word === 'gone' ? `because.${offer.withdrawnReason}` : 'body'
  return {
    subject: words('subject'),
    unsubscribe,
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [say(language, 'waiting:greeting', values), words(body)],
      facts: [
        fact('when', `${values.date}\n${values.hours}`),
        fact('where', [mail.siteName, mail.town].filter(Boolean).join(', ')),
        fact('role', values.role),
        fact('host', mail.hostName),
      ],
      button: { label: words('button'), url: link },
      afterButton: word === 'gone' ? [] : [say(language, 'waiting:after', values)],
      footer: { reason: say(language, 'waiting:reason', values), unsubscribeUrl: unsubscribe },
    }),
  }
}
