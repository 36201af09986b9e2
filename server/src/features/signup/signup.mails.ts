import { accountById, regionById } from '#server/features/accounts/accounts.service.ts'
import {
  type Day,
  dateWords,
  ensureInvitees,
  instantWords,
  periodsOfDay,
} from '#server/features/days/days.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import {
  type Person,
  rolesOfRegion,
  sitesOfRegion,
} from '#server/features/roster/roster.service.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { say } from '#server/platform/i18n.ts'
import { composeMail } from '#server/platform/mail/layout.ts'
import { enqueueMails } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import type { RankedWish } from './signup.rules.ts'

/** What a mail needs to leave and to lead back. */
export interface Outgoing {
  mailDomain: string
  publicUrl: string
}

/** « Your wishes »: what was asked, until when and how it can be changed. */
export async function sendWishes(
  trx: Trx,
  day: Day,
  person: Person,
  wishes: RankedWish[],
  { mailDomain, publicUrl }: Outgoing,
  now: Date,
): Promise<void> {
  const account = person.accountId ? await accountById(trx, person.accountId) : undefined
  const address = person.email ?? account?.email
  if (!address) return
  const language = account?.language ?? 'fr'
  const invitees = await ensureInvitees(trx, day, [person.id], now)
  const unsubscribe = capabilityPlaceholder('opt-out', invitees.get(person.id)!, 1)
  const told = await wishesInWords(trx, day, wishes, language)
  const region = await regionById(trx, day.regionId)
  await enqueueMails(
    trx,
    [
      {
        regionId: day.regionId,
        dayId: day.id,
        purpose: 'wishes',
        to: { name: fullName(person), address },
        language,
        ...(region ? { fromName: region.name } : {}),
        ...wishesMail({
          language,
          firstName: person.firstName,
          day,
          wishes: told,
          page: `${publicUrl}/journees/${day.id}/voeux`,
          unsubscribe,
        }),
      },
    ],
    now,
    mailDomain,
  )
}

export interface WishesMail {
  language: Language
  firstName: string
  day: Pick<Day, 'name' | 'date' | 'timeZone' | 'signUpClosesAt'>
  /** Each wish in the reader's words, the dearest first. */
  wishes: readonly string[]
  /** Address of the page where they can be changed. */
  page: string
  /** Placeholder of the one-click way out. */
  unsubscribe: string
}

/** « Your wishes are noted », with every one of them. */
export function wishesMail(mail: WishesMail) {
  const { language, day, unsubscribe } = mail
  const values = {
    name: mail.firstName,
    day: day.name,
    date: dateWords(day.date, language),
    deadline: instantWords(day.signUpClosesAt, day.timeZone, language),
  }
  const words = (key: string) => say(language, `signup:wishesMail.${key}`, values)
  return {
    subject: words('subject'),
    unsubscribe,
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [words('greeting'), words('body')],
      facts: mail.wishes.map((value, index) => ({
        label: say(language, 'signup:wishesMail.wish', { rank: index + 1 }),
        value,
      })),
      button: { label: words('button'), url: mail.page },
      afterButton: [words('after')],
      footer: { reason: words('reason'), unsubscribeUrl: unsubscribe },
    }),
  }
}

async function wishesInWords(
  trx: Trx,
  day: Day,
  wishes: RankedWish[],
  language: Language,
): Promise<string[]> {
  const nameIn = (named: { nameFr: string; nameEn: string } | undefined) =>
    named && (language === 'fr' ? named.nameFr : named.nameEn)
  const roles = await rolesOfRegion(trx, day.regionId)
  const periods = await periodsOfDay(trx, day.id)
  const sites = await sitesOfRegion(trx, day.regionId)
  const part = (key: string, values = {}) => say(language, `signup:wish.${key}`, values)
  return wishes.map((wish) => {
    const role = nameIn(roles.find(({ id }) => id === wish.roleId)) ?? part('anyRole')
    const period = nameIn(periods.find(({ id }) => id === wish.periodId)) ?? part('anyPeriod')
    const site = sites.find(({ id }) => id === wish.siteId)?.name ?? ''
    const place = part(`place.${wish.place}`, { kilometres: wish.radiusKm ?? 0, site })
    return [role, place, period].join(' · ')
  })
}
