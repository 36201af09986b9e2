import { z } from 'zod'
import {
  answersRoutes as routes,
  type SentAnswer,
  sentAnswerSchema,
} from '#shared/answers/answers.contract.ts'
import { ApiProblem, call } from '../../app/api.ts'
import { changeKept, dropKept, keep, keepAll, readAllKept, readKept } from '../../app/device.ts'
import { outcomeOf } from '../observations/observations.entry.ts'

// Answers on their way: written to this device first, each sent by itself, forgotten once the server
// has it. They share a store with observations, and each reads back only what is its own. Before the
// group’s credential is here an answer waits beside its reader’s progress, which says the same.

const keptSchema = z.strictObject({ ...sentAnswerSchema.shape, how: z.literal('answer') })

/** An answer that nobody’s credential stands beside yet. */
const unsentSchema = z.array(sentAnswerSchema.omit({ credential: true }))
export type UnsentAnswer = Omit<SentAnswer, 'credential'>

const unsentOf = (reader: string) => `${reader}/unsent`
const readUnsent = (kept: unknown): UnsentAnswer[] => unsentSchema.catch([]).parse(kept ?? [])

/** Keeps answers until they can leave. @returns false where the browser keeps nothing. */
export function keepUnsent(reader: string, answers: readonly UnsentAnswer[]): Promise<boolean> {
  return changeKept('reminders', unsentOf(reader), (kept) => [
    ...readUnsent(kept),
    ...answers,
  ]).then(
    () => true,
    () => false,
  )
}

/**
 * Puts everything on its way that waits for its reader’s credential, whichever reminder of the programme
 * it answers. A battery that dies under it leaves an answer in both places, and the server keeps one.
 */
export async function sendUnsent(reader: string, credential: string): Promise<void> {
  const key = unsentOf(reader)
  const answers = readUnsent(await readKept('reminders', key).catch(() => undefined)).map(
    (answer) => ({ ...answer, credential }),
  )
  if (answers.length === 0) return
  await keepAll(answers.map((one) => ['outbox', one.id, { ...one, how: 'answer' }]))
  await changeKept('reminders', key, (now) => {
    const rest = readUnsent(now).filter(({ id }) => !answers.some((one) => one.id === id))
    return rest.length > 0 ? rest : undefined
  })
  await Promise.all(answers.map(trySending))
}

/** Puts an answer on its way; where the browser keeps nothing it is sent at once or not at all. */
export async function sendAnswer(answer: SentAnswer): Promise<void> {
  await keep('outbox', answer.id, { ...answer, how: 'answer' }).catch(() => {})
  await trySending(answer)
}

/** What could not leave is tried again at the next look; what the server refuses is no answer any more. */
async function trySending(answer: SentAnswer): Promise<void> {
  try {
    await call(routes.sendAnswer, { body: answer }, { signal: AbortSignal.timeout(20_000) })
  } catch (error) {
    if (!(error instanceof ApiProblem) || outcomeOf(error.problem) === 'later') return
  }
  await dropKept('outbox', answer.id).catch(() => {})
}

/** Sends what waits on this device; two tabs may send the same, and the server keeps one. */
async function sendKept(): Promise<void> {
  for (const [, value] of await readAllKept('outbox').catch(() => [])) {
    const read = keptSchema.safeParse(value)
    if (!read.success) continue
    const { how: _, ...answer } = read.data
    await trySending(answer)
  }
}

/** From now on: at once, and when the network or the reader comes back. */
export function startAnswers(): void {
  addEventListener('online', () => void sendKept())
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void sendKept()
  })
  void sendKept()
}
