import { languagesOf, regionById } from '#server/features/accounts/accounts.service.ts'
import { dateOf, dateWords, hoursWords, instantWords } from '#server/features/days/days.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import { peopleByIds, sitesById } from '#server/features/roster/roster.service.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { say } from '#server/platform/i18n.ts'
import { composeMail } from '#server/platform/mail/layout.ts'
import { enqueueMails, type Mail } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { type InvitedRow, invitedToWorkshops } from './workshops.people.queries.ts'
import { sessionsOfWorkshops, type WorkshopRow } from './workshops.queries.ts'
import { placeOf } from './workshops.rules.ts'
import type { SeatRow } from './workshops.seats.queries.ts'
import { coursePromise, courseTitle } from './workshops.shipped.ts'

/** What a workshop writes besides invitations of calendars. */
export type WorkshopMailKind = 'proposal' | 'waiting' | 'free' | 'offer' | 'cancelled'

/** Asks which sessions suit; the link needs no password, and opening it changes nothing. */
export const tellProposal = (
  trx: Trx,
  workshop: WorkshopRow,
  asked: InvitedRow[],
  now: Date,
  domain: string,
) => tell(trx, workshop, 'proposal', asked, () => null, now, domain)

/** To whom the seating left out: they wait, or they said nothing and something is free. */
export const tellUnseated = (
  trx: Trx,
  workshop: WorkshopRow,
  without: InvitedRow[],
  kind: 'waiting' | 'free',
  now: Date,
  domain: string,
) => tell(trx, workshop, kind, without, () => null, now, domain)

/** To whom no calendar tells that a workshop does not take place. */
export const tellCancelled = (
  trx: Trx,
  workshop: WorkshopRow,
  asked: InvitedRow[],
  now: Date,
  domain: string,
) =>
  // Nobody was told of what was only prepared.
  workshop.status === 'preparing'
    ? Promise.resolve()
    : tell(trx, workshop, 'cancelled', asked, () => null, now, domain)

/** To whom a freed seat is held. */
export async function tellOffered(
  trx: Trx,
  workshop: WorkshopRow,
  offered: readonly SeatRow[],
  now: Date,
  domain: string,
): Promise<void> {
  if (offered.length === 0) return
  const offerOf = new Map(offered.map((seat) => [seat.personId, seat]))
  const invited = await invitedToWorkshops(trx, [workshop.id])
  const sites = await sitesById(trx, workshop.regionId)
  const sessions = new Map(
    (await sessionsOfWorkshops(trx, [workshop.id])).map((session) => [session.id, session]),
  )
  const lucky = invited.filter(({ personId }) => offerOf.has(personId))
  const held = ({ personId }: InvitedRow): OfferedSeat => {
    const { sessionId, offeredUntil } = offerOf.get(personId)!
    const session = sessions.get(sessionId)!
    const where = placeOf(session, sites.get(session.siteId ?? ''))
    return { startsAt: session.startsAt, endsAt: session.endsAt, where, until: offeredUntil! }
  }
  await tell(trx, workshop, 'offer', lucky, held, now, domain)
}

/** The session of an offered seat, as its mail says it. */
export interface OfferedSeat {
  startsAt: Date
  endsAt: Date
  where: string
  until: Date
}

async function tell(
  trx: Trx,
  workshop: WorkshopRow,
  kind: WorkshopMailKind,
  invited: readonly InvitedRow[],
  offerOf: (one: InvitedRow) => OfferedSeat | null,
  now: Date,
  domain: string,
): Promise<void> {
  const region = await regionById(trx, workshop.regionId)
  const found = await peopleByIds(
    trx,
    invited.map(({ personId }) => personId),
  )
  const personOf = new Map(found.map((person) => [person.id, person]))
  const languages = await languagesOf(
    trx,
    found.flatMap(({ accountId }) => accountId ?? []),
  )
  const mails = invited.flatMap((one): Mail[] => {
    const person = personOf.get(one.personId)
    if (!person?.email) return []
    const language = languages.get(person.accountId ?? '') ?? 'fr'
    const mail = workshopMail(kind, {
      language,
      firstName: person.firstName,
      workshop,
      timeZone: region?.timeZone ?? 'UTC',
      offer: offerOf(one),
      link: capabilityPlaceholder('workshop', one.id, one.linkGeneration),
    })
    return [
      {
        regionId: workshop.regionId,
        workshopId: workshop.id,
        purpose: `workshop-${kind}`,
        to: { name: fullName(person), address: person.email },
        language,
        fromName: region?.name ?? '',
        ...mail,
      },
    ]
  })
  await enqueueMails(trx, mails, now, domain)
}

export interface WorkshopMail {
  language: Language
  firstName: string
  workshop: Pick<WorkshopRow, 'title' | 'course' | 'chooseUntil'>
  timeZone: string
  /** Only of an offer. */
  offer: OfferedSeat | null
  /** Placeholder of the reader’s page, which is also the one-click way out. */
  link: string
}

/** A mail of a workshop: what is asked, or how it stands. */
export function workshopMail(kind: WorkshopMailKind, mail: WorkshopMail) {
  const { language, workshop, timeZone, offer, link } = mail
  const values = {
    name: mail.firstName,
    title: workshop.title,
    course: courseTitle(workshop.course)[language] ?? workshop.title,
    until: untilOf(mail),
  }
  const words = (key: string) => say(language, `workshops:${kind}.${key}`, values)
  const fact = (key: string, value: string) => ({
    label: say(language, `workshops:facts.${key}`),
    value,
  })
  const promise = coursePromise(workshop.course)[language]
  const facts = offer && [
    fact(
      'when',
      `${dateWords(dateOf(offer.startsAt, timeZone), language)}\n${hoursWords(offer, timeZone, language)}`,
    ),
    fact('where', offer.where),
  ]
  return {
    subject: words('subject'),
    unsubscribe: link,
    ...composeMail({
      language,
      preheader: words('preheader'),
      title: words('title'),
      paragraphs: [
        say(language, 'workshops:greeting', values),
        words('body'),
        ...(kind === 'proposal' && promise ? [promise] : []),
      ],
      ...(facts && { facts }),
      button: kind === 'cancelled' ? null : { label: words('button'), url: link },
      afterButton: kind === 'cancelled' ? [] : [words('after')],
      footer: { reason: say(language, 'workshops:reason', values), unsubscribeUrl: link },
    }),
  }
}

function untilOf({ language, workshop, timeZone, offer }: WorkshopMail): string {
  const until = offer?.until ?? workshop.chooseUntil
  return until ? instantWords(until, timeZone, language) : ''
}
