import {
  calendarLetter,
  type LetterEvent,
  type Letterhead,
} from '#server/features/invitations/invitations.letters.ts'
import type {
  DesiredEvent,
  KnownFacts,
  StoredEvent,
  ToldStep,
} from '#server/features/invitations/invitations.rules.ts'
import type { Person } from '#server/features/roster/roster.service.ts'
import {
  declinedMail,
  type GoneReason,
  goneReasons,
  type SessionFacts,
  sessionLetter,
  sessionWords,
} from '#server/features/workshops/workshops.letters.ts'
import {
  type ShownSession,
  type WorkshopMailKind,
  workshopMail,
} from '#server/features/workshops/workshops.mails.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import type { RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import type { GoldenMail } from './mail.golden.ts'

/** What all golden mails have in common: the same hour, place and people. */
export interface GoldenStage {
  id(number: number): string
  head: Letterhead
  hours: { startsAt: Date; endsAt: Date }
  place: string
  first: string
  second: string
  eventOf(side: 'host' | 'guest', sequence: number): LetterEvent
  director: GoldenMail['mail']['to']
  participant: GoldenMail['mail']['to']
  publicUrl: string
}

/** Every mail that puts a workshop into a calendar, or says that nobody leads it. */
export function workshopMeetingMails(language: Language, stage: GoldenStage): GoldenMail[] {
  const { id, hours, place, first, second } = stage
  const head = { ...stage.head, occasion: { kind: 'workshop', id: id(20) } as const }
  const factsOf = (role: SessionFacts['role'], changes: Partial<SessionFacts>): SessionFacts => ({
    role,
    subject:
      role === 'participant'
        ? { kind: 'workshop-seat', id: id(21) }
        : { kind: 'workshop-session', id: id(22) },
    link:
      role === 'participant'
        ? capabilityPlaceholder('workshop', id(23), 1)
        : capabilityPlaceholder('facilitator', id(22), 1),
    linkGeneration: 1,
    title: 'Mon cercle d’influence & « nous » <tous>',
    timeZone: 'Europe/Paris',
    ...hours,
    language,
    where: 'Boutique Dax, Dax',
    place,
    facilitator: 'Marion',
    ...changes,
  })
  const known = (role: SessionFacts['role'], changes: Partial<KnownFacts>) =>
    ({
      known: {
        startsAt: hours.startsAt.toISOString(),
        endsAt: hours.endsAt.toISOString(),
        place,
        company: role === 'participant' ? ['Marion'] : [],
        linkGeneration: 1,
        ...changes,
      },
    }) as StoredEvent
  const desired = {} as DesiredEvent
  return (['participant', 'facilitator'] as const).flatMap((role) => {
    const side = role === 'participant' ? ('guest' as const) : ('host' as const)
    const firstName = side === 'guest' ? 'Maëlle "Lë’o"' : 'Marion'
    const golden = (
      name: string,
      step: ToldStep,
      sequence: number,
      references: string[],
      given: {
        facts?: Partial<SessionFacts>
        gone?: GoneReason
        answer?: RecordedAnswer
      } = {},
    ): GoldenMail => {
      const facts = factsOf(role, given.facts ?? {})
      const appointment = {
        side,
        subject: facts.subject,
        meetingId: id(22),
        person: {} as Person,
        language,
        answer: given.answer ?? null,
        desired: undefined,
        about: () => sessionWords(facts, language),
        letter: (told: ToldStep) =>
          sessionLetter(told, facts, { firstName, language }, given.gone ?? 'workshop-cancelled'),
      }
      const mail = calendarLetter(step, appointment, stage.eventOf(side, sequence), head)
      return { name: `${role}-${name}`, mail, references }
    }
    const update = (changes: Partial<KnownFacts>, asksAgain: boolean): ToldStep => ({
      kind: 'update',
      stored: known(role, changes),
      desired,
      asksAgain,
    })
    const led = update(role === 'participant' ? { company: ['Noël'] } : {}, false)
    const earlier = { startsAt: '2027-05-19T07:00:00.000Z', place: 'Boutique Mont-de-Marsan' }
    const renewed = { facts: { linkGeneration: 2 } }
    return [
      golden('invite', { kind: 'invite', desired }, 0, []),
      golden('invite-in-dutch', { kind: 'invite', desired }, 0, [], { facts: { language: 'nl' } }),
      golden('update', led, 0, [first]),
      golden('update-accepted', led, 0, [first], { answer: 'yes' }),
      golden('update-link', update({}, false), 0, [first], renewed),
      golden('moved', update(earlier, true), 1, [first, second]),
      ...goneReasons[role].map((gone) =>
        golden(`cancel-${gone}`, { kind: 'cancel', stored: known(role, {}) }, 1, [first], { gone }),
      ),
      ...(role === 'facilitator' ? [declined()] : []),
    ]
  })

  function declined(): GoldenMail {
    const page = `${stage.publicUrl}/regions/${head.regionId}/ateliers`
    const reader = { firstName: 'Maëlle', language }
    const name = 'facilitator-declined'
    return {
      name,
      mail: {
        regionId: head.regionId,
        workshopId: id(20),
        purpose: name,
        to: stage.director,
        language,
        fromName: head.regionName,
        ...declinedMail(factsOf('facilitator', {}), reader, page),
      },
      references: [],
    }
  }
}

const kinds: readonly WorkshopMailKind[] = ['proposal', 'waiting', 'free', 'offer', 'cancelled']

/** Sessions a week apart, more than a mail lists; the second is at no site but in a room of its own. */
function weekly({ startsAt, endsAt }: GoldenStage['hours'], count: number): ShownSession[] {
  const later = (instant: Date, weeks: number) =>
    new Date(instant.getTime() + weeks * 7 * 24 * 3_600_000)
  return Array.from({ length: count }, (_, week) => ({
    startsAt: later(startsAt, week),
    endsAt: later(endsAt, week),
    where: week === 1 ? 'Salle <Adour>' : 'Salle du haut, Boutique Dax, Dax',
  }))
}

/** Every other mail of a workshop: what is asked, offered or not to be. */
export function workshopMails(language: Language, stage: GoldenStage): GoldenMail[] {
  const { id, hours, head, participant } = stage
  return kinds.map((kind) => ({
    name: `workshop-${kind}`,
    mail: {
      regionId: head.regionId,
      purpose: `workshop-${kind}`,
      to: participant,
      language,
      fromName: head.regionName,
      ...workshopMail(kind, {
        language,
        firstName: 'Maëlle',
        workshop: {
          title: 'Le verre <à moitié plein>',
          course: 'half-full-glass',
          chooseUntil: new Date('2027-05-12T21:59:00Z'),
        },
        timeZone: 'Europe/Paris',
        offer:
          kind === 'offer'
            ? { ...hours, where: 'Boutique Dax, Dax', until: new Date('2027-05-12T08:00:00Z') }
            : null,
        sessions: kind === 'proposal' ? weekly(hours, 8) : [],
        link: capabilityPlaceholder('workshop', id(23), 1),
      }),
    },
    references: [],
  }))
}
