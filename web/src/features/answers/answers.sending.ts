import { useQueryClient } from '@tanstack/react-query'
import { answersRoutes as routes } from '#shared/answers/answers.contract.ts'
import type { ReminderAnswer } from '#shared/reminders/reminders.questions.ts'
import { queryFor } from '../../app/api.ts'
import { newObservationId } from '../observations/observations.secret.ts'
import { sendAnswer } from './answers.outbox.ts'

/**
 * Sends what a reader answers in the reminder at a position, each answer by itself under an identifier
 * of its own. Nothing waits for it: out of reach, answers stay on the device; where not even the
 * group’s credential can be had, they are lost, which is better than to be known.
 */
export function useAnswers(token: string, position: number) {
  const client = useQueryClient()
  return async (answers: readonly ReminderAnswer[]): Promise<void> => {
    if (answers.length === 0) return
    const asked = { ...queryFor(routes.answering, { params: { token } }), staleTime: Infinity }
    const answering = await client.fetchQuery(asked).catch(() => undefined)
    if (!answering) return
    const { credential } = answering
    await Promise.all(
      answers.map((answer) =>
        sendAnswer({ id: newObservationId(), credential, position, ...answer }),
      ),
    )
  }
}
