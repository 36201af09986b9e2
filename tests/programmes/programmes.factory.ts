import { audienceOf } from '#server/features/programmes/programmes.audience.ts'
import { memberOfPerson } from '#server/features/programmes/programmes.members.queries.ts'
import { insertProgrammeMails } from '#server/features/programmes/programmes.sending.queries.ts'
import * as programmes from '#server/features/programmes/programmes.service.ts'
import { shippedStories } from '#server/features/reminders/reminders.shipped.ts'
import { storePeople } from '#server/features/roster/roster.store.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { newId } from '#server/platform/identity.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import type { ProgrammeInput } from '#shared/programmes/programmes.contract.ts'
import type { TestApp } from '../support/app.ts'

/** What a director says of a programme: the six that ship, for everybody, unless told. */
export const programmeInput = (given: Partial<ProgrammeInput> = {}): ProgrammeInput => ({
  name: 'Les six mois d’après',
  audience: { who: 'everybody', siteIds: [] },
  counted: 'workshop',
  startsOn: null,
  monthsBetween: 1,
  reminders: [...shippedStories],
  ...given,
})

/** A programme that runs for everybody it is for. */
export async function launched(
  db: Database,
  regionId: string,
  { now, today }: { now: Date; today: string },
  given: Partial<ProgrammeInput> = {},
): Promise<string> {
  const decider = { by: null, now, today }
  const work = async (trx: Trx) => {
    const id = await programmes.createProgramme(trx, regionId, programmeInput(given), decider)
    if (isRefusal(id)) return id
    const { audience } = programmeInput(given)
    const people = (await audienceOf(trx, regionId, audience)).length
    return (await programmes.launchProgramme(trx, { id, seen: 1, people }, decider)) ?? id
  }
  const outcome = await inTransaction(db, work)
  if (isRefusal(outcome)) throw new Error(outcome.refused)
  return outcome
}

/** People of a site, by their numbers. */
export function storeMany(
  db: Database,
  regionId: string,
  siteCode: string,
  numbers: readonly number[],
  now: Date,
): Promise<unknown> {
  const people = numbers.map((number) => ({
    employeeNumber: String(number),
    lastName: `Nom${number}`,
    firstName: 'Sacha',
    email: `sacha.${number}@region.example`,
    phone: null,
    entity: null,
    jobTitle: 'Chargé de clientèle',
    siteCode,
  }))
  return inTransaction(db, (trx) => storePeople(trx, regionId, people, now))
}

/** A programme that runs, with the tokens of the first mail of one of its people. */
export async function runningProgramme(test: TestApp, regionId: string, personId: string) {
  const { db, clock, services } = test
  const now = clock.now()
  const today = now.toISOString().slice(0, 10)
  const programmeId = await launched(db, regionId, { now, today })
  const member = (await memberOfPerson(db, programmeId, personId))!
  const id = newId(now)
  await inTransaction(db, (trx) =>
    insertProgrammeMails(trx, [
      { id, member_id: member.id, position: 1, kind: 'reminder', sent_on: today },
    ]),
  )
  return { programmeId, ...tokensOf(services.secret, member.id, id) }
}

/** What stands in a person’s mails. */
export const tokensOf = (secret: string, memberId: string, mailId: string) => ({
  reminderToken: deriveToken(secret, 'reminder', mailId, 1),
  programmeToken: deriveToken(secret, 'programme', memberId, 1),
})
