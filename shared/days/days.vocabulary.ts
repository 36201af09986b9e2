import { z } from 'zod'

/** Periods every day starts with; a director adds their own under other codes. */
export const standardPeriods = ['morning', 'afternoon', 'whole-day'] as const
export type StandardPeriod = (typeof standardPeriods)[number]

/** The line of a day, in the order it is travelled. */
export const stations = [
  'prepare',
  'open',
  'assign',
  'confirm',
  'live',
  'debrief',
  'keep-alive',
] as const
export const stationSchema = z.enum(stations)
export type Station = z.infer<typeof stationSchema>

/** The one thing a director is asked to do next. */
export const nextActions = [
  'import-roster',
  'propose-slots',
  'wait-for-hosts',
  'open-sign-up',
  'see-coverage',
  'close-sign-up',
  'compute-plan',
  'review-plan',
  'follow-confirmations',
  'follow-arrivals',
  'see-irritants',
  'gather-findings',
  'open-debrief',
  'lead-debrief',
  'decide-actions',
  'follow-actions',
  'none',
] as const
export const nextActionSchema = z.enum(nextActions)
export type NextAction = z.infer<typeof nextActionSchema>

export const figureCodes = [
  'people',
  'offers-answered',
  'proposals-silent',
  'places',
  'sign-ups',
  'expected-guests',
  'placed',
  'guests-confirmed',
  'hosts-confirmed',
  'answers-awaited',
  'hosts',
  'guests',
  'guests-present',
  'guests-awaited',
  'guests-without-host',
  'observations',
  'findings',
  'undecided',
  'decided',
] as const
export const figureCodeSchema = z.enum(figureCodes)
export type FigureCode = z.infer<typeof figureCodeSchema>

/** What deserves a look, quietly. */
export const watchCodes = [
  'silent-hosts',
  'hosts-without-mail',
  'sites-without-places',
  'offers-awaiting-release',
  'held-answers',
  'mails-failed',
  'mails-stopped',
  'offers-close-soon',
  'actions-without-owner',
] as const
export const watchCodeSchema = z.enum(watchCodes)

/** Why somebody of the roster gets no invitation to sign up. */
export const leftOutReasons = ['no-mail', 'opted-out', 'already-invited'] as const
export const leftOutReasonSchema = z.enum(leftOutReasons)
