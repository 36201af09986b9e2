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
import { type SessionRow, sessionsOfWorkshops, type WorkshopRow } from './workshops.queries.ts'
import { placeOf } from './workshops.rules.ts'
import type { SeatRow } from './workshops.seats.queries.ts'
import { coursePromise, courseTitle } from './workshops.shipped.ts'

/** What a workshop writes besides invitations of calendars. */
export type WorkshopMailKind = 'proposal' | 'waiting' | 'free' | 'offer' | 'cancelled'

/**
 * Asks which sessions suit; the link needs no password, and opening it changes nothing.
 * @param open sessions to choose from, the earliest first.
 */
export async function tellProposal(
  trx: Trx,
  workshop: WorkshopRow,
  asked: InvitedRow[],
  open: readonly SessionRow[],
  now: Date,
  domain: string,
): Promise<void> {
  const sites = await sitesById(trx, workshop.regionId)
  const sessions = open.map((session) => shownOf(session, sites))
  await tell(trx, workshop, 'proposal', asked, () => ({ offer: null, sessions }), now, domain)
}

const shownOf = (
  session: SessionRow,
  sites: Awaited<ReturnType<typeof sitesById>>,
): ShownSession => ({
  startsAt: session.startsAt,
  endsAt: session.endsAt,
  where: placeOf(session, sites.get(session.siteId ?? '')),
})

/** Mails that ask about no session in particular. */
const aboutNone = () => ({ offer: null, sessions: [] })

/** To whom the seating left out: they wait, or they said nothing and something is free. */
export const tellUnseated = (
  trx: Trx,
  workshop: WorkshopRow,
  without: InvitedRow[],
  kind: 'waiting' | 'free',
  now: Date,
  domain: string,
) => tell(trx, workshop, kind, without, aboutNone, now, domain)

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
    : tell(trx, workshop, 'cancelled', asked, aboutNone, now, domain)

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
  const held = ({ personId }: InvitedRow) => {
    const { sessionId, offeredUntil } = offerOf.get(personId)!
    const shown = shownOf(sessions.get(sessionId)!, sites)
    return { offer: { ...shown, until: offeredUntil! }, sessions: [] }
  }
  await tell(trx, workshop, 'offer', lucky, held, now, domain)
}

/** A session as mails say it. */
export interface ShownSession {
  startsAt: Date
  endsAt: Date
  /** In one line. */
  where: string
}

/** The session of an offered seat, and until when it is held. */
export interface OfferedSeat extends ShownSession {
  until: Date
}

async function tell(
  trx: Trx,
  workshop: WorkshopRow,
  kind: WorkshopMailKind,
  invited: readonly InvitedRow[],
  aboutOf: (one: InvitedRow) => Pick<WorkshopMail, 'offer' | 'sessions'>,
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
      ...aboutOf(one),
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
  /** Only of a proposal: what there is to choose from, the earliest first. */
  sessions: readonly ShownSession[]
  /** Placeholder of the reader’s page, which is also the one-click way out. */
  link: string
}

/** More would push the button off a phone’s first screens; the page shows them all. */
const mostSessions = 6

/** A mail of a workshop: what is asked, or how it stands. */
export function workshopMail(kind: WorkshopMailKind, mail: WorkshopMail) {
  const { language, workshop, link } = mail
  const values = {
    name: mail.firstName,
    title: workshop.title,
    course: courseTitle(workshop.course)[language] ?? workshop.title,
    until: untilOf(mail),
  }
  const words = (key: string) => say(language, `workshops:${kind}.${key}`, values)
  const promise = coursePromise(workshop.course)[language]
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
      facts: mail.offer ? offerRows(mail, mail.offer) : sessionRows(mail),
      button: kind === 'cancelled' ? null : { label: words('button'), url: link },
      afterButton: kind === 'cancelled' ? [] : [words('after')],
      footer: { reason: say(language, 'workshops:reason', values), unsubscribeUrl: link },
    }),
  }
}

function offerRows({ language, timeZone }: WorkshopMail, offer: OfferedSeat) {
  const date = dateWords(dateOf(offer.startsAt, timeZone), language)
  const when = `${date}\n${hoursWords(offer, timeZone, language)}`
  return [
    { label: say(language, 'workshops:facts.when'), value: when },
    { label: say(language, 'workshops:facts.where'), value: offer.where },
  ]
}

/** One row a session, by its day; how many are left out is said in the last. */
function sessionRows({ language, timeZone, sessions }: WorkshopMail) {
  const rows = sessions.slice(0, mostSessions).map((session) => ({
    label: dateWords(dateOf(session.startsAt, timeZone), language),
    value: [hoursWords(session, timeZone, language), session.where].filter(Boolean).join('\n'),
  }))
  const count = sessions.length - rows.length
  const others = {
    label: say(language, 'workshops:facts.also'),
    value: say(language, 'workshops:facts.others', { count }),
  }
  return count > 0 ? [...rows, others] : rows
}

function untilOf({ language, workshop, timeZone, offer }: WorkshopMail): string {
  const until = offer?.until ?? workshop.chooseUntil
  return until ? instantWords(until, timeZone, language) : ''
}
