import { memberOfPerson } from '#server/features/programmes/programmes.members.queries.ts'
import { insertProgrammeMails } from '#server/features/programmes/programmes.sending.queries.ts'
import { newId } from '#server/platform/identity.ts'
import { addJob, inTransaction } from '#server/platform/postgres/database.ts'
import { answersRoutes as routes } from '#shared/answers/answers.contract.ts'
import type { ReminderAnswer } from '#shared/reminders/reminders.questions.ts'
import { launched, tokensOf } from '../programmes/programmes.factory.ts'
import { makePerson, makeRegion, makeSite } from '../roster/roster.factory.ts'
import type { TestApp } from '../support/app.ts'

/** Nine who sell in a shop and eight technicians, a cell each, all with their first reminder. */
export async function readers({ db, clock, services }: Pick<TestApp, 'db' | 'clock' | 'services'>) {
  const now = clock.now()
  const today = now.toISOString().slice(0, 10)
  const region = await makeRegion(db, now)
  const shop = await makeSite(db, now, region.regionId)
  const people = []
  for (let number = 0; number < 17; number += 1) {
    const role = number < 9 ? 'shop_seller' : 'field_technician'
    people.push(await makePerson(db, now, shop, { role }))
  }
  const given = { counted: 'date' as const, startsOn: today }
  const programmeId = await launched(db, region.regionId, { now, today }, given)
  const open = async (personId: string) => {
    const member = (await memberOfPerson(db, programmeId, personId))!
    const id = newId(now)
    const mail = {
      id,
      member_id: member.id,
      position: 1,
      kind: 'reminder',
      sent_on: today,
    } as const
    await inTransaction(db, (trx) => insertProgrammeMails(trx, [mail]))
    return { memberId: member.id, mailId: id, ...tokensOf(services.secret, member.id, id) }
  }
  const links = []
  for (const person of people) links.push(await open(person.id))
  return { ...region, shop, programmeId, people, links }
}

/** What somebody’s phone sends for one answer. */
export async function posted(
  test: TestApp,
  token: string,
  answer: ReminderAnswer,
  id: string = crypto.randomUUID(),
) {
  const { credential } = await test.nobody.ask(routes.answering, { params: { token } })
  return test.nobody.call(routes.sendAnswer, { body: { id, credential, position: 1, ...answer } })
}

/** An hour goes by: whatever came is mixed into what waits. */
export async function anHour(test: TestApp): Promise<void> {
  test.clock.advance({ hours: 1 })
  await addJob(test.db, 'mix-answers', {})
  await test.runJobs()
}

/** And a Monday: what is enough is told. */
export async function aMonday(test: TestApp): Promise<void> {
  await anHour(test)
  test.clock.advance({ days: 7 })
  await addJob(test.db, 'release-answers', {})
  await test.runJobs()
}
