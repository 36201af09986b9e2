import { randomUUID } from 'node:crypto'
import * as findings from '#server/features/findings/findings.service.ts'
import { addJob, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { type Step, steps } from '#shared/debrief/debrief.vocabulary.ts'
import { observationsRoutes } from '#shared/observations/observations.contract.ts'
import {
  type BallotSecret,
  blindedOf,
  newBallot,
  signatureOf,
} from '#web/features/debrief/debrief.ballot.ts'
import { anonymously, type LivedDay, release, seen } from '../observations/observations.factory.ts'
import type { Caller, TestApp } from '../support/app.ts'

/** Somebody’s ballot, signed and not yet cast. */
export interface SignedBallot extends BallotSecret {
  signature: string
}

/** Runs the session of a lived day through the API, as its director and its room do. */
export function debriefOf(test: TestApp, lived: LivedDay) {
  const params = { dayId: lived.day.id }
  const { director } = lived.callers
  const desk = () => director.ask(routes.desk, { params })

  async function codeParams() {
    const { room } = await desk()
    return { code: room!.code }
  }

  return {
    params,
    desk,
    codeParams,
    open: (hearts = 3) => director.ask(routes.open, { params, body: { hearts } }),
    /** From wherever the session is to this step, one by one. */
    async goTo(to: Step) {
      for (;;) {
        const from = (await desk()).room!.step
        if (from === to) return
        const next =
          steps[steps.indexOf(from) + (steps.indexOf(to) > steps.indexOf(from) ? 1 : -1)]!
        await director.ask(routes.step, { params, body: { from, to: next } })
      }
    },
    /** The phone’s way to a ballot. */
    async ballotFor(caller: Caller, mine?: BallotSecret): Promise<SignedBallot> {
      const of = await codeParams()
      const { ballotKey } = await caller.ask(routes.room, { params: of })
      const ballot = mine ?? newBallot(ballotKey!)
      const blinded = blindedOf(ballot, ballotKey!)
      // With a key for retries, as every call of the web has one that leaves a record.
      const key = { 'idempotency-key': randomUUID() }
      const { signed } = await caller.ask(routes.takeBallot, { params: of, body: { blinded } }, key)
      return { ...ballot, signature: signatureOf(ballot, signed, ballotKey!)! }
    },
    /** The modulus phones blind against. */
    async ballotKey() {
      return (await desk()).room!.ballotKey!
    },
    async cast({ id, signature }: SignedBallot, findingIds: string[]) {
      const of = await codeParams()
      return test.nobody.call(routes.castBallot, {
        params: { ...of, ballotId: id },
        body: { signature, findingIds },
      })
    },
    /** Two named and two anonymous observations with words, and the hour they need to come. */
    async observe() {
      for (const [n, caller] of lived.callers.guests.slice(0, 2).entries()) {
        await caller.ask(observationsRoutes.putObservation, {
          params: { ...params, observationId: randomUUID() },
          body: seen(lived, { situation: `Vu par une personne nommée, ${n}.` }),
        })
        const { sent } = anonymously(lived, { situation: `Vu sans nom, ${n}.` })
        await test.nobody.ask(observationsRoutes.sendAnonymously, { body: sent })
      }
    },
    async fillWall() {
      await release(test)
      await addJob(test.db, 'fill-walls', {})
      await test.runJobs()
    },
  }
}

/** A finding of the day, with one observation of its own. */
export async function makeFinding(test: TestApp, lived: LivedDay, title: string) {
  const { db, clock } = test
  const observationId = randomUUID()
  await lived.callers.host.ask(observationsRoutes.putObservation, {
    params: { dayId: lived.day.id, observationId },
    body: seen(lived, { situation: '', idea: '' }),
  })
  const by = {
    regionId: lived.region.regionId,
    dayId: lived.day.id,
    accountId: lived.region.director,
  }
  const wording = { title, irritantId: lived.observing.irritants[0]!.id, note: '' }
  const made = await inTransaction(db, (trx) =>
    findings.groupObservations(trx, by, wording, [observationId], clock.now()),
  )
  if (isRefusal(made)) throw new Error(made.refused)
  return { ...made, by, observationId }
}
