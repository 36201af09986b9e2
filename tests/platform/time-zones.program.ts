import { createHash } from 'node:crypto'
import { Settings } from 'luxon'
import { instantOf } from '#server/features/days/days.rules.ts'
import { hoursWords, timeWords } from '#server/features/days/days.words.ts'
import { buildCalendar } from '#server/features/invitations/calendar/calendar.event.ts'
import { dateWords } from '#server/features/invitations/invitations.mails.ts'
import { offerExpiry } from '#server/features/waiting/waiting.rules.ts'
import { goldenMails } from './mail.golden.ts'

/** Local times on both sides of both clock changes of Paris in 2027, and inside them. */
export const momentsOfParis: readonly [date: string, time: string, instant: string][] = [
  ['2027-03-28', '01:59', '2027-03-28T00:59:00.000Z'],
  // The clock jumps from 2 to 3 h: what it leaves out comes an hour later.
  ['2027-03-28', '02:00', '2027-03-28T01:00:00.000Z'],
  ['2027-03-28', '02:30', '2027-03-28T01:30:00.000Z'],
  ['2027-03-28', '03:00', '2027-03-28T01:00:00.000Z'],
  ['2027-03-29', '09:00', '2027-03-29T07:00:00.000Z'],
  ['2027-10-30', '09:00', '2027-10-30T07:00:00.000Z'],
  ['2027-10-31', '01:59', '2027-10-30T23:59:00.000Z'],
  // 2 to 3 h comes twice: the first is meant.
  ['2027-10-31', '02:00', '2027-10-31T00:00:00.000Z'],
  ['2027-10-31', '02:59', '2027-10-31T00:59:00.000Z'],
  ['2027-10-31', '03:00', '2027-10-31T02:00:00.000Z'],
  ['2027-11-01', '09:00', '2027-11-01T08:00:00.000Z'],
]

const zone = 'Europe/Paris'
const anEvent = {
  method: 'REQUEST',
  uid: '5f0c6a2e9b7d4f18a3c2e1d0b9a87654@coeur.example',
  sequence: 0,
  stampedAt: new Date('2027-03-01T08:00:00Z'),
  summary: 'Vente en boutique',
  description: '',
  location: 'Boutique Dax',
  organiser: { name: 'Région', address: 'coeur@coeur.example' },
  attendee: { name: 'Maëlle', address: 'maelle@boutique.example' },
} as const

/** All that this process says about hours: the same in every zone a server may live in. */
export function said() {
  return {
    instants: momentsOfParis.map(([date, time]) => instantOf(date, time, zone).toISOString()),
    words: momentsOfParis.flatMap(([, , instant]) => {
      const at = new Date(instant)
      const later = new Date(at.getTime() + 3 * 3_600_000)
      const hours = { startsAt: at, endsAt: later }
      return (['fr', 'en'] as const).map((language) =>
        [
          dateWords(at, zone, language),
          timeWords(at, zone, language),
          hoursWords(hours, zone, language),
        ].join(' / '),
      )
    }),
    calendars: momentsOfParis.map(([, , instant]) => {
      const startsAt = new Date(instant)
      const endsAt = new Date(startsAt.getTime() + 3 * 3_600_000)
      return /DTSTART\S+\s+DTEND\S+/.exec(buildCalendar({ ...anEvent, startsAt, endsAt }))![0]
    }),
    offers: momentsOfParis.map(([, , instant]) => {
      const now = new Date(instant)
      const startsAt = new Date(now.getTime() + 10 * 86_400_000)
      return offerExpiry(now, startsAt, zone, 24)?.toISOString()
    }),
    mails: goldenMails.map(({ name, mail }) => {
      const whole = [mail.subject, mail.text, mail.html, mail.calendar?.body].join('\n')
      return `${name} ${createHash('sha256').update(whole).digest('hex')}`
    }),
  }
}

// Run with an instant, it believes to live then: luxon guesses with the season it is asked in.
if (import.meta.main) {
  const now = Date.parse(process.argv[2] ?? '')
  Settings.now = () => now
  const summer = new Date('2027-07-01T00:00:00Z').getTimezoneOffset()
  const winter = new Date('2027-01-01T00:00:00Z').getTimezoneOffset()
  process.stdout.write(JSON.stringify({ offsets: [winter, summer], said: said() }))
}
