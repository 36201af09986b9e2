import { signInMail } from '#server/features/accounts/accounts.mails.ts'
import { type OwnerWord, ownerMail, returnMail } from '#server/features/actions/actions.mails.ts'
import { signUpMail } from '#server/features/days/days.mails.ts'
import { type HandoverWord, handoverMail } from '#server/features/handovers/handovers.mails.ts'
import { type GoneReason, goneReasons } from '#server/features/invitations/invitations.changes.ts'
import { appointmentOf } from '#server/features/invitations/invitations.circles.ts'
import {
  calendarLetter,
  type LetterEvent,
} from '#server/features/invitations/invitations.letters.ts'
import {
  maybeMail,
  nudgeMail,
  plainMail,
  planRepairedMail,
  reminderMail,
} from '#server/features/invitations/invitations.mails.ts'
import type { Meeting } from '#server/features/invitations/invitations.meetings.ts'
import type {
  DesiredEvent,
  KnownFacts,
  StoredEvent,
  ToldStep,
} from '#server/features/invitations/invitations.rules.ts'
import { currentLinkMail, programmeMail } from '#server/features/programmes/programmes.mails.ts'
import { wishesMail } from '#server/features/signup/signup.mails.ts'
import { proposalMail } from '#server/features/slots/slots.mails.ts'
import { thanksMail } from '#server/features/thanks/thanks.mails.ts'
import { seatOfferMail } from '#server/features/waiting/waiting.mails.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import type { Mail } from '#server/platform/outbox/outbox.service.ts'
import {
  type ProgrammeMailKind,
  programmeMailKinds,
} from '#shared/programmes/programmes.vocabulary.ts'
import { type Language, languages } from '#shared/vocabulary/language.ts'
import { workshopMails, workshopMeetingMails } from './mail.golden.workshops.ts'

/** A mail the product can send, under the name of the file that keeps it. */
export interface GoldenMail {
  name: string
  mail: Mail
  /** Message-IDs of what was sent about the same event before. */
  references: string[]
}

/** Every file that composes mails: a new one is missing here until its mails are golden too. */
export const composers = [
  'accounts/accounts.mails.ts',
  'actions/actions.mails.ts',
  'days/days.mails.ts',
  'handovers/handovers.mails.ts',
  'invitations/invitations.changes.ts',
  'invitations/invitations.mails.ts',
  'programmes/programmes.mails.ts',
  'signup/signup.mails.ts',
  'slots/slots.mails.ts',
  'thanks/thanks.mails.ts',
  'waiting/waiting.mails.ts',
  'workshops/workshops.letters.ts',
  'workshops/workshops.mails.ts',
]

const id = (number: number) => `0192a0b4-7c1e-7d2f-8a3b-${String(number).padStart(12, '0')}`
const publicUrl = 'https://coeur.example'
/** Quotes, accents, an apostrophe, an emoji of several code points: all in one name. */
export const guest = {
  name: 'Maëlle "Lë’o" Ørsted-Núñez 👩🏽‍🔧',
  address: 'maelle.orsted@boutique.example',
}
export const host = { name: "Noël d'Œuvre; Dubois, Marion", address: 'marion@boutique.example' }
const first = '<0b5e0f5c8d7c4bdb9a3e8f1f60a2c001@coeur.example>'
const second = '<0b5e0f5c8d7c4bdb9a3e8f1f60a2c002@coeur.example>'

const day = {
  id: id(1),
  regionId: id(2),
  name: '« Vis ma vie » & Cie <printemps>',
  date: '2027-05-20',
  timeZone: 'Europe/Paris',
  offersCloseAt: new Date('2027-04-29T21:59:00Z'),
  signUpClosesAt: new Date('2027-05-06T21:59:00Z'),
  confirmUntil: new Date('2027-05-17T21:59:00Z'),
  releaseRequired: false,
  expectedGuests: null,
  signUpOpenedAt: null,
  signUpClosedAt: null,
  publishedAt: null,
  cancelledAt: null,
}
const hours = {
  startsAt: new Date('2027-05-20T06:45:00Z'),
  endsAt: new Date('2027-05-20T10:15:00Z'),
}
const place = 'Boutique Dax, 12 rue des Carmes; accès « Œuf », 40100 Dax'
const hostCompany = ['Inès', 'Maëlle "Lë’o"']
const guestCompany = ['Marion']
const head = {
  regionId: day.regionId,
  occasion: { kind: 'day' as const, id: day.id },
  regionName: 'Nouvelle-Aquitaine',
  mailFrom: 'coeur@coeur.example',
}
const cardUrl = `${publicUrl}/journees/${day.id}/ma-carte`

function meetingOf(side: 'host' | 'guest', language: Language, goneReason: GoneReason): Meeting {
  const isHost = side === 'host'
  return {
    side,
    person: {
      id: id(3),
      regionId: day.regionId,
      siteId: id(4),
      accountId: null,
      employeeNumber: 'E1',
      firstName: isHost ? 'Marion' : 'Maëlle "Lë’o"',
      lastName: '',
      email: null,
      leftOn: null,
      entity: '',
      jobTitle: '',
    },
    language,
    slotId: id(5),
    roleId: id(6),
    facts: {
      subject: isHost ? { kind: 'slot', id: id(5) } : { kind: 'placement', id: id(7) },
      linkGeneration: 1,
      dayName: day.name,
      timeZone: day.timeZone,
      confirmUntil: day.confirmUntil,
      ...hours,
      role: { fr: 'Technicien·ne d’intervention', en: 'Field technician' },
      siteName: 'Boutique Dax',
      place,
      company: isHost ? hostCompany : guestCompany,
      conditions: {
        noCalls: true,
        accessible: true,
        safetyEquipment: true,
        languages: ['fr', 'es'],
        note: 'Chaussures fermées ; badge à l’accueil.',
      },
    },
    answer: null,
    reachable: true,
    goneReason,
  }
}

const desired = {} as DesiredEvent
const knew = (known: Partial<KnownFacts>, isHost: boolean) =>
  ({
    known: {
      startsAt: hours.startsAt.toISOString(),
      endsAt: hours.endsAt.toISOString(),
      place,
      company: isHost ? hostCompany : guestCompany,
      ...known,
    },
  }) as StoredEvent
const stored = { known: null } as StoredEvent
const eventOf = (side: 'host' | 'guest', sequence: number): LetterEvent => ({
  id: id(8),
  uid: '5f0c6a2e9b7d4f18a3c2e1d0b9a87654@coeur.example',
  sequence,
  stampedAt: new Date(Date.UTC(2027, 4, 7, 8, 0, sequence)),
  attendee: side === 'host' ? host : guest,
})

const stage = {
  id,
  head,
  hours,
  place,
  first,
  second,
  eventOf,
  director: guest,
  participant: guest,
  publicUrl,
}

/** What goes with a calendar: each side, each step, each reason. */
function calendarMails(language: Language): GoldenMail[] {
  return (['host', 'guest'] as const).flatMap((side) => {
    const golden = (
      name: string,
      step: ToldStep,
      sequence: number,
      references: string[],
      meeting: Partial<Meeting> = {},
    ): GoldenMail => ({
      name: `${side}-${name}`,
      mail: calendarLetter(
        step,
        appointmentOf({ ...meetingOf(side, language, 'other'), ...meeting }, cardUrl),
        eventOf(side, sequence),
        head,
      ),
      references,
    })
    const isHost = side === 'host'
    const others = knew({ company: isHost ? ['Inès', 'Tom', 'Zoé'] : ['Noël'] }, isHost)
    const earlier = knew({ startsAt: '2027-05-19T07:00:00.000Z' }, isHost)
    const elsewhere = knew({ place: 'Boutique Mont-de-Marsan', company: ['Inès'] }, isHost)
    const update = (before: StoredEvent, asksAgain: boolean): ToldStep => ({
      kind: 'update',
      stored: before,
      desired,
      asksAgain,
    })
    const reminder = (kind: 'week' | 'day', answered: boolean): GoldenMail => {
      const { facts } = meetingOf(side, language, 'other')
      const reader = { firstName: side === 'host' ? 'Marion' : 'Maëlle', language }
      const unsubscribe = capabilityPlaceholder('opt-out', id(9), 1)
      const words = reminderMail(kind, facts, reader, { answered, unsubscribe })
      const name = `${side}-reminder-${kind}`
      const to = side === 'host' ? host : guest
      const about = { regionId: day.regionId, dayId: day.id, language, fromName: head.regionName }
      return { name, mail: { ...about, purpose: name, to, ...words }, references: [first] }
    }
    const maybe = (): GoldenMail => {
      const { facts } = meetingOf(side, language, 'other')
      const reader = { firstName: side === 'host' ? 'Marion' : 'Maëlle', language }
      const name = `${side}-maybe`
      const to = side === 'host' ? host : guest
      const about = { regionId: day.regionId, dayId: day.id, language, fromName: head.regionName }
      const mail = { ...about, purpose: name, to, ...maybeMail(facts, reader) }
      return { name, mail, references: [] }
    }
    const { facts } = meetingOf(side, language, 'other')
    const alone = { facts: { ...facts, company: ['Inès'] } }
    const nudge = (): GoldenMail => {
      const reader = { firstName: side === 'host' ? 'Marion' : 'Maëlle', language }
      const unsubscribe = capabilityPlaceholder('opt-out', id(9), 1)
      const name = `${side}-nudge`
      const to = side === 'host' ? host : guest
      const about = { regionId: day.regionId, dayId: day.id, language, fromName: head.regionName }
      const mail = { ...about, purpose: name, to, ...nudgeMail(facts, reader, unsubscribe) }
      return { name, mail, references: [first] }
    }
    return [
      maybe(),
      nudge(),
      reminder('week', false),
      reminder('day', true),
      golden('invite', { kind: 'invite', desired }, 0, []),
      ...(isHost ? [golden('invite-one', { kind: 'invite', desired }, 0, [], alone)] : []),
      golden('update', update(others, false), 0, [first]),
      golden('update-accepted', update(others, false), 0, [first], { answer: 'yes' }),
      golden('update-maybe', update(others, false), 0, [first], { answer: 'maybe' }),
      golden('moved', update(earlier, true), 1, [first, second]),
      golden('moved-place', update(elsewhere, true), 1, [first, second]),
      golden('moved-unknown', update(stored, true), 1, [first, second]),
      ...goneReasons[side].map((goneReason) =>
        golden(`cancel-${goneReason}`, { kind: 'cancel', stored }, 1, [first], { goneReason }),
      ),
    ]
  })
}

/** Everything else. */
function plainMails(language: Language): GoldenMail[] {
  const unsubscribe = capabilityPlaceholder('opt-out', id(9), 1)
  const about = { regionId: day.regionId, dayId: day.id, language, fromName: head.regionName }
  const golden = (
    name: string,
    to: Mail['to'],
    words: Pick<Mail, 'subject' | 'text' | 'html' | 'unsubscribe'>,
  ): GoldenMail => ({ name, mail: { ...about, purpose: name, to, ...words }, references: [] })
  const seat = (
    word: 'offer' | 'moved' | 'gone',
    withdrawnReason: 'slot-gone' | 'replanned' | null,
  ) =>
    seatOfferMail(word, {
      language,
      firstName: 'Maëlle',
      day,
      offer: {
        id: id(10),
        linkGeneration: 1,
        rank: 2,
        expiresAt: new Date('2027-05-12T08:00:00Z'),
        withdrawnReason,
      },
      hours,
      roleName: language === 'fr' ? 'Technicien·ne' : 'Technician',
      siteName: 'Boutique Dax',
      town: 'Dax',
      hostName: 'Marion',
      unsubscribe,
    })
  const handover = (word: HandoverWord, link: string | null, leave: string | null) =>
    handoverMail(word, {
      language,
      firstName: 'Maëlle',
      otherName: 'Marion "Mia" Étévé',
      day,
      hours,
      expiresAt: new Date('2027-05-12T08:00:00Z'),
      roleName: language === 'fr' ? 'Vendeur·se en boutique' : 'Shop seller',
      siteName: 'Boutique Dax',
      town: 'Dax',
      link,
      leave,
    })
  const owner = (word: OwnerWord) =>
    ownerMail(word, {
      language,
      firstName: 'Maëlle',
      dayName: day.name,
      actions: [
        {
          title: 'Un seul dossier « pour tous » <les métiers>',
          status: 'to-decide',
          dueOn: '2027-06-03',
        },
        { title: 'Rappeler avant 18 h', status: 'under-way', dueOn: null },
      ],
      link: capabilityPlaceholder('actions', id(9), 1),
      leave: unsubscribe,
    })
  const became = returnMail({
    language,
    firstName: 'Maëlle',
    dayName: day.name,
    answers: [
      {
        finding: 'Raconter trois fois « la même » histoire',
        title: 'Un seul dossier',
        status: 'under-way',
        reason: null,
      },
      {
        finding: 'Attendre debout',
        title: 'Des sièges <partout>',
        status: 'declined',
        reason: 'La place manque à Dax ; on essaie à Pau.',
      },
    ],
    page: `${publicUrl}/journees/${day.id}/mes-observations`,
    changes: `${publicUrl}/journees/${day.id}/ce-qui-a-change`,
    leave: unsubscribe,
  })
  const thanks = (count: number) =>
    thanksMail({
      language,
      firstName: 'Marion',
      dayName: day.name,
      cards: [
        {
          words: 'Merci Marion, je ne verrai plus jamais une file d’attente pareil ♥',
          from: 'Maëlle',
        },
        { words: 'Quelle patience <avec tout le monde> !', from: null },
      ].slice(0, count),
      page: capabilityPlaceholder('slot', id(5), 1),
      leave: unsubscribe,
    })
  const ownSlot = capabilityPlaceholder('slot', id(5), 1)
  const reader = { firstName: 'Maëlle', language }
  const plainDay = {
    name: day.name,
    timeZone: day.timeZone,
    noon: new Date('2027-05-20T10:00:00Z'),
  }
  const facts = meetingOf('host', language, 'other').facts
  const boardUrl = `${publicUrl}/journees/${day.id}/confirmations`
  const repaired = planRepairedMail(
    day.name,
    facts,
    { lost: 3, reseated: 2, moved: 1 },
    reader,
    boardUrl,
  )
  const page = `${publicUrl}/journees/${day.id}/voeux`
  const proposal = proposalMail({
    language,
    firstName: 'Marion',
    day,
    regionName: head.regionName,
    siteName: 'Boutique Dax',
    roleName: language === 'fr' ? 'Vendeur·se en boutique' : 'Shop seller',
    slot: { ...hours, capacity: 2 },
    link: capabilityPlaceholder('slot', id(5), 1),
  })
  const signUp = signUpMail({
    language,
    firstName: 'Maëlle',
    day,
    regionName: head.regionName,
    roles: language === 'fr' ? ['vendeur', 'technicienne'] : ['seller', 'technician'],
    page,
    optOut: unsubscribe,
  })
  const wishes = wishesMail({
    language,
    firstName: 'Maëlle',
    day,
    wishes: ['Technicienne · à moins de 30 km · Matin', 'Vendeuse · Boutique Dax · Après-midi'],
    page,
    unsubscribe,
  })
  const programme = (kind: ProgrammeMailKind) =>
    programmeMail(kind, {
      language,
      firstName: 'Maëlle',
      title: language === 'fr' ? 'Quarante minutes « en ligne »' : 'Forty minutes “on hold”',
      teaser:
        language === 'fr'
          ? 'Nadia décroche, et l’homme au bout du fil ne crie même plus.'
          : 'Nadia answers, and the man on the line is past shouting.',
      programmeName: 'Six mois <ensemble>',
      link: capabilityPlaceholder('reminder', id(13), 1),
      leave: capabilityPlaceholder('programme', id(14), 1),
    })
  return [
    golden(
      'programme-link',
      guest,
      currentLinkMail({
        language,
        firstName: 'Maëlle',
        programmeName: 'Six mois <ensemble>',
        title: language === 'fr' ? 'Quarante minutes « en ligne »' : 'Forty minutes “on hold”',
        link: capabilityPlaceholder('reminder', id(13), 1),
        leave: capabilityPlaceholder('programme', id(14), 1),
      }),
    ),
    ...programmeMailKinds.map((kind) => golden(`programme-${kind}`, guest, programme(kind))),
    golden('actions-given', guest, owner('given')),
    golden('actions-weekly', guest, owner('weekly')),
    golden('observations-became', guest, became),
    golden('thanks', host, thanks(1)),
    golden('thanks-several', host, thanks(2)),
    golden(
      'sign-in',
      guest,
      signInMail(language, 'Maëlle', capabilityPlaceholder('sign-in', id(11), 1)),
    ),
    golden('slot-proposal', host, proposal),
    golden('sign-up', guest, signUp),
    golden('wishes', guest, wishes),
    golden('not-placed', guest, plainMail('notPlaced', plainDay, reader, cardUrl)),
    golden('day-cancelled', guest, plainMail('dayCancelled', plainDay, reader, cardUrl)),
    golden('seat-offer', guest, seat('offer', null)),
    golden('seat-offer-moved', guest, seat('moved', null)),
    golden('seat-offer-slot-gone', guest, seat('gone', 'slot-gone')),
    golden('seat-offer-replanned', guest, seat('gone', 'replanned')),
    golden('plan-repaired', host, repaired),
    golden(
      'handover-asked',
      guest,
      handover('asked', capabilityPlaceholder('handover', id(12), 1), unsubscribe),
    ),
    golden('handover-declined', guest, handover('declined', ownSlot, null)),
    golden('handover-expired', guest, handover('expired', ownSlot, null)),
    golden('handover-accepted', guest, handover('accepted', null, null)),
    golden('handover-withdrawn', guest, handover('withdrawn', null, null)),
    golden('handover-yours', guest, handover('yours', ownSlot, null)),
  ]
}

/** Every mail, in both languages. */
export const goldenMails: GoldenMail[] = languages.flatMap((language) =>
  [
    ...calendarMails(language),
    ...workshopMeetingMails(language, stage),
    ...workshopMails(language, stage),
    ...plainMails(language),
  ].map((golden) => ({
    ...golden,
    name: `${golden.name}.${language}`,
  })),
)
