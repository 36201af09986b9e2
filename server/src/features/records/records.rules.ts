import { DateTime } from 'luxon'
import type { Wording } from '#shared/vocabulary/content-language.ts'
import type { RecordVerb } from './records.table.ts'

/** Monday of a local date’s week, `YYYY-MM-DD`. */
export const mondayOfDate = (date: string): string =>
  DateTime.fromISO(date, { zone: 'utc' }).startOf('week').toISODate() ?? date

/**
 * The last week that is over everywhere on Earth, told by its Monday. A store notes for itself when
 * each statement came (xAPI Data 2.4.8 « stored »): sent within its week it would be known to the hour.
 */
export function lastWholeWeek(now: Date): string {
  // Twelve hours behind UTC the week ends last.
  const latest = DateTime.fromJSDate(now, { zone: 'UTC-12' })
  return latest.startOf('week').minus({ weeks: 1 }).toISODate() ?? ''
}

/** Verbs of the ADL vocabulary, and how they read. */
const verbs: Readonly<Record<RecordVerb, { id: string; display: Wording }>> = {
  initialized: {
    id: 'http://adlnet.gov/expapi/verbs/initialized',
    display: { fr: 'a commencé', en: 'initialized', nl: 'is begonnen' },
  },
  completed: {
    id: 'http://adlnet.gov/expapi/verbs/completed',
    display: { fr: 'a terminé', en: 'completed', nl: 'heeft voltooid' },
  },
}

/** What one statement tells. */
export interface Told {
  id: string
  account: string
  verb: RecordVerb
  programmeId: string
  reminderId: string
  version: number
  weekOn: string
  /** Title of that version, in the languages it is written in. */
  title: Wording
}

/**
 * A statement of the Experience API (xAPI 1.0.3 Data 2; IEEE 9274.1.1-2023, « 2.0 », where it reads the
 * same). Nobody is named, nothing answered is told, and the time is the Monday of the week.
 * @param home address of the installation, without a trailing slash.
 */
export function statementOf(told: Told, home: string) {
  return {
    id: told.id,
    actor: { objectType: 'Agent', account: { homePage: home, name: told.account } },
    verb: verbs[told.verb],
    object: {
      objectType: 'Activity',
      // An identifier under our own name, as the specification asks; no page need be there (Data 2.4.4.1).
      id: `${home}/xapi/reminders/${told.reminderId}/versions/${told.version}`,
      definition: { type: 'http://adlnet.gov/expapi/activities/lesson', name: told.title },
    },
    ...(told.verb === 'completed' ? { result: { completion: true } } : {}),
    context: { registration: told.programmeId, platform: '10 de cœur' },
    timestamp: `${told.weekOn}T00:00:00.000Z`,
  }
}

export type Statement = ReturnType<typeof statementOf>

/** What came of handing statements over. */
export type Handed =
  | { kind: 'taken' }
  /** Not now, or not before somebody puts something right: all of it waits. */
  | { kind: 'later'; said: string }
  /** The store wants none of these as they are. */
  | { kind: 'refused'; said: string }

/** Statuses of which waiting, or setting the store up anew, is the cure: not the statements’ fault. */
const waits = [401, 403, 404, 405, 408, 425, 429]

/**
 * What a store’s answer means. 409 says that it has a statement of this identifier: of one alone, that
 * it came before (xAPI Communication 2.1.1).
 * @param count how many statements were handed over.
 */
export function handedBy(status: number, said: string, count: number): Handed {
  if (status >= 200 && status < 300) return { kind: 'taken' }
  if (status === 409 && count === 1) return { kind: 'taken' }
  if (status < 400 || status >= 500 || waits.includes(status)) return { kind: 'later', said }
  return { kind: 'refused', said }
}

/** Versions of the API we speak, the newest first; what a store asks nobody knows is not spoken. */
const versions = ['2.0.0', '1.0.3'] as const

/**
 * The version to speak with a store, by what its « about » resource lists (xAPI Communication 2.8):
 * the newest of ours of which it knows the minor version; 1.0.3, which every store knows, otherwise.
 */
export function versionToSpeak(listed: readonly string[]): string {
  const minor = (version: string) => version.split('.').slice(0, 2).join('.')
  return versions.find((ours) => listed.some((one) => minor(one) === minor(ours))) ?? '1.0.3'
}
