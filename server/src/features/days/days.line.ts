import type { Day, Timeline } from '#shared/days/days.contract.ts'
import {
  type FigureCode,
  type NextAction,
  type Station,
  stations,
} from '#shared/days/days.vocabulary.ts'
import { type DayState, dateOf, isSignUpOpen } from './days.rules.ts'

/** What a day amounts to so far: counts only, from every feature that has any. */
export interface DayFigures {
  people: number
  /** Live offers that have been asked for or made. */
  asked: number
  accepted: number
  silent: number
  silentWithoutMail: number
  awaitingRelease: number
  places: number
  hosts: number
  sitesWithoutPlaces: number
  signUps: number
  /** A draft stands ready to be looked at. */
  planReady: boolean
  placed: number
  guestsConfirmed: number
  hostsConfirmed: number
  answersAwaited: number
  observations: number
  /** Open ones. */
  findings: number
  /** The session in the room: not opened, under way, or over. */
  debrief: DebriefState
  /** Open findings that nothing answers, and actions that wait for a decision. */
  undecided: number
  /** Decisions of any kind, « non, parce que » included. */
  decided: number
  /** Of the guests, on the day: there, still awaited (late or not), and there without their host. */
  present: number
  awaited: number
  withoutHost: number
  /** Answers by mail that wait for a director of the region. */
  heldAnswers: number
  /** Open ones nobody carries: never given, or their owner left. */
  actionsWithoutOwner: number
  mailsFailed: number
  mailsStopped: number
}

/** Where the session in the room stands, as far as the line of a day cares. */
type DebriefState = 'none' | 'open' | 'closed'

/** The station a day stands at; a cancelled one stands nowhere. */
export function presentStation(
  day: DayState,
  { debrief }: Pick<DayFigures, 'debrief'>,
  now: Date,
): Station | undefined {
  if (day.cancelledAt) return undefined
  const today = dateOf(now, day.timeZone)
  if (today > day.date) return debrief === 'closed' ? 'keep-alive' : 'debrief'
  if (today === day.date) return 'live'
  if (day.publishedAt) return 'confirm'
  if (!day.signUpOpenedAt) return 'prepare'
  return isSignUpOpen(day, now) ? 'open' : 'assign'
}

/** The one thing to do next at a station. */
export function nextActionAt(station: Station | undefined, figures: DayFigures): NextAction {
  switch (station) {
    case 'prepare':
      if (figures.people === 0) return 'import-roster'
      if (figures.asked === 0) return 'propose-slots'
      return figures.places === 0 ? 'wait-for-hosts' : 'open-sign-up'
    case 'open':
      return figures.places < figures.signUps ? 'see-coverage' : 'close-sign-up'
    case 'assign':
      return figures.planReady ? 'review-plan' : 'compute-plan'
    case 'confirm':
      return 'follow-confirmations'
    case 'live':
      if (figures.debrief === 'open') return 'lead-debrief'
      return figures.awaited + figures.withoutHost > 0 ? 'follow-arrivals' : 'see-irritants'
    case 'debrief':
      return nextAfterTheDay(figures)
    case 'keep-alive':
      return figures.undecided > 0 ? 'decide-actions' : 'follow-actions'
    default:
      return 'none'
  }
}

/** Gather, debrief, decide, follow; whoever decides without a session is not sent back to hold one. */
function nextAfterTheDay(figures: DayFigures): NextAction {
  if (figures.observations === 0) return 'see-irritants'
  if (figures.debrief === 'open') return 'lead-debrief'
  if (figures.findings === 0) return 'gather-findings'
  if (figures.decided === 0) return 'open-debrief'
  return figures.undecided > 0 ? 'decide-actions' : 'follow-actions'
}

type Counted = { code: FigureCode; value: number }

/** The three figures that matter at a station. */
export function figuresAt(
  station: Station | undefined,
  figures: DayFigures,
  expectedGuests: number | null,
): Counted[] {
  const { places, signUps } = figures
  switch (station) {
    case 'prepare':
      return [
        { code: 'people', value: figures.people },
        { code: 'offers-answered', value: figures.accepted },
        { code: 'places', value: places },
      ]
    case 'open':
      return [
        { code: 'sign-ups', value: signUps },
        { code: 'places', value: places },
        expectedGuests === null
          ? { code: 'proposals-silent', value: figures.silent + figures.silentWithoutMail }
          : { code: 'expected-guests', value: expectedGuests },
      ]
    case 'assign':
      return [
        { code: 'sign-ups', value: signUps },
        { code: 'places', value: places },
        { code: 'hosts', value: figures.hosts },
      ]
    case 'confirm':
      return [
        { code: 'placed', value: figures.placed },
        { code: 'guests-confirmed', value: figures.guestsConfirmed },
        { code: 'answers-awaited', value: figures.answersAwaited },
      ]
    case 'live':
      return [
        { code: 'guests-present', value: figures.present },
        { code: 'guests-awaited', value: figures.awaited },
        { code: 'guests-without-host', value: figures.withoutHost },
      ]
    case 'debrief':
      return [
        { code: 'guests', value: figures.placed },
        { code: 'hosts-confirmed', value: figures.hostsConfirmed },
        { code: 'observations', value: figures.observations },
      ]
    case 'keep-alive':
      return [
        { code: 'findings', value: figures.findings },
        { code: 'undecided', value: figures.undecided },
        { code: 'decided', value: figures.decided },
      ]
    default:
      return []
  }
}

/** The whole line of a day: what is behind it, where it stands, what is to come. */
export function travelledLine(
  day: DayState & Pick<Day, 'expectedGuests' | 'offersCloseAt'>,
  figures: DayFigures,
  now: Date,
): Omit<Timeline, 'day'> {
  const station = presentStation(day, figures, now)
  const present = station ? stations.indexOf(station) : -1
  const results: Partial<Record<Station, Counted>> = {
    prepare: { code: 'places', value: figures.places },
    open: { code: 'sign-ups', value: figures.signUps },
    assign: { code: 'placed', value: figures.placed },
    confirm: { code: 'guests-confirmed', value: figures.guestsConfirmed },
    live: { code: 'observations', value: figures.observations },
    debrief: { code: 'findings', value: figures.findings },
  }
  return {
    stations: stations.map((id, place) => {
      const state = place < present ? 'done' : place === present ? 'current' : 'next'
      return { id, state, result: state === 'done' ? (results[id] ?? null) : null }
    }),
    nextAction: nextActionAt(station, figures),
    figures: figuresAt(station, figures, day.expectedGuests),
    watch: station ? worthALook(day, figures, present, now) : [],
  }
}

function worthALook(
  day: Pick<Day, 'offersCloseAt'>,
  figures: DayFigures,
  present: number,
  now: Date,
): Timeline['watch'] {
  const beforePublication = present <= stations.indexOf('assign')
  const untilClose = day.offersCloseAt.getTime() - now.getTime()
  const daysLeft = Math.ceil(untilClose / 86_400_000)
  const silent = figures.silent + figures.silentWithoutMail
  const offers: Timeline['watch'] = [
    { code: 'silent-hosts', count: figures.silent },
    { code: 'hosts-without-mail', count: figures.silentWithoutMail },
    { code: 'offers-awaiting-release', count: figures.awaitingRelease },
    { code: 'sites-without-places', count: figures.asked > 0 ? figures.sitesWithoutPlaces : 0 },
    // A week is when a reminder by phone still helps.
    { code: 'offers-close-soon', count: silent > 0 && daysLeft <= 7 ? Math.max(0, daysLeft) : 0 },
  ]
  const mails: Timeline['watch'] = [
    { code: 'held-answers', count: figures.heldAnswers },
    { code: 'mails-failed', count: figures.mailsFailed },
    { code: 'mails-stopped', count: figures.mailsStopped },
  ]
  const actions: Timeline['watch'] = [
    { code: 'actions-without-owner', count: figures.actionsWithoutOwner },
  ]
  return [...(beforePublication ? offers : []), ...actions, ...mails].filter(
    ({ count }) => count > 0,
  )
}
