import { expect, it } from 'vitest'
import { fullName } from '#server/features/roster/roster.rules.ts'
import type { Person } from '#server/features/roster/roster.service.ts'
import { boardRoutes } from '#shared/invitations/invitations.board.contract.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { appWithMailbox, bounceOf } from './answers.factory.ts'
import { deliver, invitationsTo, publishedDay, type SmallDay } from './invitations.factory.ts'

const corrected = 'lea.corrigee@region.example'

/** HR’s file with another address of one person: looked at, then committed, as on the page. */
async function importAddress(made: SmallDay, person: Person, email: string) {
  const { regionId } = made.day
  const { employeeNumber, lastName, firstName } = person
  const fields = [employeeNumber, lastName, firstName, email, 'Chargé de mission', made.site.code]
  const file = `Matricule;Nom;Prénom;Courriel;Métier;Site\n${fields.join(';')}\n`
  const { id } = await made.director.ask(rosterRoutes.upload, {
    params: { regionId },
    query: { kind: 'people', fileName: 'people.csv' },
    body: Buffer.from(file),
  })
  const params = { regionId, importId: id }
  const { fingerprint } = await made.director.ask(rosterRoutes.dryRun, { params })
  return made.director.ask(rosterRoutes.commit, { params, body: { fingerprint } })
}

const outboxOf = (made: SmallDay) =>
  made.director.ask(invitationsRoutes.outbox, { params: { dayId: made.day.id }, query: {} })

/** Léa’s invitation came back, and somebody corrects her address. */
async function correctedDay() {
  const { test, read, arrives } = await appWithMailbox()
  const made = await publishedDay(test, { guests: ['Léa', 'Karim'], capacity: 2 })
  const [lea] = made.guests
  read()
  await arrives(await bounceOf(test, lea!.email))
  const { invitedAgain } = await importAddress(made, lea!, corrected)
  return { test, made, lea: lea!, invitedAgain }
}

it('invites at a corrected address by itself, held like anything a director sends', async () => {
  const { test, made, lea, invitedAgain } = await correctedDay()
  const { id, name } = made.day
  expect(invitedAgain).toEqual([{ to: 'day', id, name, people: [fullName(lea)] }])
  const [batch] = (await outboxOf(made)).batches
  expect(batch).toMatchObject({ purpose: 'corrected-addresses', total: 1, waiting: 1 })
  expect(await invitationsTo(test, corrected)).toEqual([])
  await deliver(test)
  const anew = await invitationsTo(test, corrected)
  expect(anew.map(({ method, sequence }) => [method, sequence])).toEqual([['REQUEST', 0]])
  // Where nothing arrives, no cancellation is sent; and nobody else hears of it.
  const before = await invitationsTo(test, lea.email)
  expect(before.map(({ method }) => method)).toEqual(['REQUEST'])
  expect(anew[0]!.uid).not.toBe(before[0]!.uid)
  for (const { email } of [made.guests[1]!, made.hosts[0]!]) {
    expect(await invitationsTo(test, email)).toHaveLength(1)
  }
  const params = { dayId: made.day.id }
  const { guests } = await made.director.ask(boardRoutes.confirmationBoard, { params })
  expect(guests).toMatchObject({ silent: 2, unreached: 0 })
})

it('says nothing more for the same file, nor brings the old invitation back to life', async () => {
  const { test, made, lea } = await correctedDay()
  const { batches } = await outboxOf(made)
  expect((await importAddress(made, lea, corrected)).invitedAgain).toEqual([])
  expect((await outboxOf(made)).batches).toHaveLength(batches.length)
  await deliver(test)
  const failed = await test.db
    .selectFrom('outbox')
    .select('id')
    .where('status', '=', 'failed')
    .executeTakeFirstOrThrow()
  const again = await made.director.call(invitationsRoutes.retryMail, {
    params: { mailId: failed.id },
  })
  expect(again.problem?.code).toBe('conflict')
})

it('frees the old calendar where the invitation had arrived, even if the new one is taken back', async () => {
  const { test } = await appWithMailbox()
  const made = await publishedDay(test)
  const [lea] = made.guests
  const { invitedAgain } = await importAddress(made, lea!, corrected)
  expect(invitedAgain.map(({ people }) => people)).toEqual([[fullName(lea!)]])
  const [batch] = (await outboxOf(made)).batches
  expect(batch).toMatchObject({ purpose: 'corrected-addresses', waiting: 2 })
  const params = { batchId: batch!.id }
  expect(await made.director.ask(invitationsRoutes.stopBatch, { params })).toEqual({ stopped: 1 })
  await deliver(test)
  const methodsTo = async (email: string) =>
    (await invitationsTo(test, email)).map(({ method }) => method)
  expect(await methodsTo(corrected)).toEqual([])
  expect(await methodsTo(lea!.email!)).toEqual(['REQUEST', 'CANCEL'])
  // It goes when the director sends what was held.
  const held = { params: { dayId: made.day.id } }
  const { fingerprint } = await made.director.ask(invitationsRoutes.heldPreview, held)
  await made.director.ask(invitationsRoutes.sendHeld, { ...held, body: { fingerprint } })
  await deliver(test)
  expect(await methodsTo(corrected)).toEqual(['REQUEST'])
})
