import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { answersRoutes as routes } from '#shared/answers/answers.contract.ts'
import type { ReminderAnswer } from '#shared/reminders/reminders.questions.ts'
import { queryFor } from '../../app/api.ts'
import { newObservationId } from '../observations/observations.secret.ts'
import { keepUnsent, sendAnswer, sendUnsent } from './answers.outbox.ts'

/**
 * Sends what a reader answers in the reminder at a position, each answer by itself under an identifier
 * of its own, and knows the names to keep out of a line of their own. Nothing waits for it: as long as
 * the group’s credential cannot be had, answers stay on the device and leave the next time any reminder
 * of the programme is open and the network there; the link itself is never kept beside them.
 */
export function useAnswers(
  token: string,
  { reader, position }: { reader: string; position: number },
) {
  const client = useQueryClient()
  const asked = { ...queryFor(routes.answering, { params: { token } }), staleTime: Infinity }
  const answering = useQuery(asked).data
  const credential = answering?.credential
  useEffect(() => {
    if (credential) void sendUnsent(reader, credential).catch(() => {})
  }, [reader, credential])

  async function answer(answers: readonly ReminderAnswer[]): Promise<void> {
    if (answers.length === 0) return
    const drawn = answers.map((one) => ({ id: newObservationId(), position, ...one }))
    const isKept = await keepUnsent(reader, drawn)
    const had = await client.fetchQuery(asked).catch(() => undefined)
    if (!had) return
    if (isKept) await sendUnsent(reader, had.credential)
    else await Promise.all(drawn.map((one) => sendAnswer({ ...one, credential: had.credential })))
  }
  return { answer, names: answering?.names }
}
