import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ContentLanguage, Wording } from '#shared/vocabulary/content-language.ts'
import { workshopsRoutes } from '#shared/workshops/workshops.contract.ts'
import type { Workshop } from '#shared/workshops/workshops.offers.contract.ts'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import type { DrawingName } from '../../ui/drawings/Drawing.tsx'
import { heldSessions, seatsOf, standingOf } from './workshops.sessions.ts'
import { told } from './workshops.told.ts'

/** Where a workshop stands and what that asks of its director, in words. */
export function useStanding(workshop: Workshop) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const standing = standingOf(workshop)
  const { people, answered, declined, chooseUntil, timeZone } = workshop
  const seats = seatsOf(workshop)
  const sessions = heldSessions(workshop)
  const phase = standing === 'today' ? 'today' : 'to-come'
  const next = sessions.find((session) => session.phase === phase)
  const values = {
    people,
    seats: seats.seats,
    free: seats.free,
    came: seats.came,
    said: answered + declined,
    until: chooseUntil ? words.until(chooseUntil, timeZone) : '',
    date: next ? words.dayOf(next.startsAt, timeZone) : '',
    hour: next ? words.hour(next.startsAt, timeZone) : '',
  }
  const counted = { preparing: seats.seats, choosing: answered + declined, over: seats.came }
  const count = Object.entries(counted).find(([one]) => one === standing)?.[1] ?? people
  return {
    standing,
    next,
    title: t(`standing.${standing}.title`, { ...values, count }),
    text: t(`standing.${standing}.text`, { ...values, count: seats.free }),
  }
}

/** A wording of a course in the reader’s language, as far as the course is written in it. */
export function useTold(): (wording: Wording) => string {
  const language = useTranslation().i18n.language as ContentLanguage
  return (wording) => told(wording, language) || (Object.values(wording)[0] ?? '')
}

/** The drawing of a course, by its name; a heart until it is known. */
export function useCourseDrawing(course: string): DrawingName {
  const courses = useQuery(queryFor(workshopsRoutes.courses)).data ?? []
  return courses.find(({ name }) => name === course)?.drawing ?? 'heart'
}
