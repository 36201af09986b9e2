import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import type { AnsweringRoute, RouteCall, RouteOutput } from '#shared/contract.ts'
import { ApiProblem, addressOf, call } from './api.ts'
import { dropKept, keep, readAllKept, readKept } from './device.ts'

const keptAnswerSchema = z.object({
  answer: z.unknown(),
  until: z.date(),
  /** Read as somebody signed in: goes when they sign out. A link’s answer is the link holder’s. */
  ofSession: z.boolean(),
})

/** How long a slow network may keep somebody waiting who has a kept answer at hand. */
const patience = 2_500

/**
 * A query whose last answer stays on this device, to be read where the server cannot be reached:
 * the network first, and what is kept when it fails or is slow. The server’s « no » is a no.
 * @param until when a kept answer goes, read from the answer itself.
 */
export function keptQuery<const C extends AnsweringRoute>(
  contract: C,
  input: RouteCall<C> | undefined,
  until: (answer: RouteOutput<C>) => Date,
) {
  const address = addressOf(contract, input)
  return queryOptions({
    queryKey: address.split(/[/?]/).filter(Boolean),
    // What was read without a network may have been overtaken.
    refetchOnReconnect: 'always',
    queryFn: async ({ signal, client, queryKey }): Promise<RouteOutput<C>> => {
      const asked = ask(contract, input, until, signal)
      // What comes late still reaches the page; what fails late is of no interest.
      asked.then(
        (answer) => client.setQueryData(queryKey, answer),
        () => {},
      )
      const kept = await keptAnswer(contract, address)
      if (kept === undefined) return asked
      const late = new Promise<'late'>((done) => setTimeout(() => done('late'), patience))
      try {
        const answer = await Promise.race([asked, late])
        return answer === 'late' ? kept : answer
      } catch (error) {
        if (isFinal(error)) throw error
        return kept
      }
    },
  })
}

/** Nobody is signed in, no longer yours, not there: what is kept must not say otherwise. */
const isFinal = (error: unknown) => error instanceof ApiProblem && error.problem.status < 500

async function ask<C extends AnsweringRoute>(
  contract: C,
  input: RouteCall<C> | undefined,
  until: (answer: RouteOutput<C>) => Date,
  signal: AbortSignal,
): Promise<RouteOutput<C>> {
  const address = addressOf(contract, input)
  try {
    const answer = await call(contract, input, { signal })
    const entry = { answer, until: until(answer), ofSession: contract.access !== 'capability' }
    // Nothing is kept where the browser keeps nothing; the page has its answer all the same.
    await keep('answers', address, entry).catch(() => {})
    return answer
  } catch (error) {
    if (isFinal(error)) await dropKept('answers', address).catch(() => {})
    throw error
  }
}

async function keptAnswer<C extends AnsweringRoute>(contract: C, address: string) {
  const read = await readKept('answers', address).catch(() => undefined)
  const entry = keptAnswerSchema.safeParse(read)
  if (!entry.success || entry.data.until <= new Date()) return undefined
  const answer = z.safeParse(contract.response as z.core.$ZodType, entry.data.answer)
  return answer.success ? (answer.data as RouteOutput<C>) : undefined
}

/** Takes what somebody read while signed in off this device: they signed out, or another came. */
export const forgetSession = () => forgetWhere(({ ofSession }) => ofSession)

/** Keeps an answer that came by another way, as if it had been asked for. */
export async function keepAnswer<const C extends AnsweringRoute>(
  contract: C,
  answer: RouteOutput<C>,
  until: Date,
): Promise<void> {
  const entry = { answer, until, ofSession: contract.access !== 'capability' }
  await keep('answers', addressOf(contract), entry).catch(() => {})
}

/** Takes off what has had its day: answers, and ballots of a session left before its end. */
export async function forgetPast(): Promise<void> {
  const now = new Date()
  await forgetWhere(({ until }) => until <= now)
  const ballots = await readAllKept('ballots').catch(() => [])
  for (const [key, value] of ballots) {
    const lasting = z.object({ until: z.date() }).safeParse(value)
    if (!lasting.success || lasting.data.until <= now) {
      await dropKept('ballots', key).catch(() => {})
    }
  }
}

async function forgetWhere(isToGo: (entry: z.infer<typeof keptAnswerSchema>) => boolean) {
  const entries = await readAllKept('answers').catch(() => [])
  for (const [address, value] of entries) {
    const entry = keptAnswerSchema.safeParse(value)
    if (!entry.success || isToGo(entry.data)) await dropKept('answers', address).catch(() => {})
  }
}
