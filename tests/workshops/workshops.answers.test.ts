import { expect, it, vi } from 'vitest'
import { mailAnswersRoutes } from '#shared/invitations/invitations.answers.contract.ts'
import { workshopLinksRoutes } from '#shared/workshops/workshops.links.contract.ts'
import { workshopOffersRoutes as routes } from '#shared/workshops/workshops.offers.contract.ts'
import { appWithMailbox, replyTo, rowsOf } from '../invitations/answers.factory.ts'
import { deliver, invitationsTo } from '../invitations/invitations.factory.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { tokenOf } from './workshops.factory.ts'
import {
  cancelSession,
  changeSession,
  lettersTo,
  livedWorkshop,
  tellAgain,
  toldTo,
} from './workshops.meetings.factory.ts'

// Real mails over SMTP into calendars, real answers out of a mailbox over IMAP.

async function workshopWithMailbox() {
  const { test, read, arrives } = await appWithMailbox()
  const lived = await livedWorkshop(test, ['Alice', 'Bruno', 'Chloé'], [[0], [0], [0, 1]])
  read()
  const { scene, workshop } = lived
  const stateOf = async (at: number) => {
    const seats = await scene.director.ask(routes.seats, {
      params: { sessionId: workshop.sessions[at]!.id },
    })
    return Object.fromEntries(seats.map(({ name, state }) => [name.split(' ')[0], state]))
  }
  const director = (
    await test.db
      .selectFrom('accounts')
      .select('email')
      .where('id', '=', scene.region.director)
      .executeTakeFirstOrThrow()
  ).email
  return { test, arrives, lived, scene, workshop, stateOf, director }
}

it('keeps a yes and a maybe of a participant, and gives the seat of a no to the next', async () => {
  const { test, arrives, scene, workshop, stateOf } = await workshopWithMailbox()
  const [first, second] = ['Alice', 'Bruno', 'Chloé']
    .map((name) => scene.people.find(({ firstName }) => firstName === name)!)
    .filter(({ firstName }) => firstName !== 'Chloé')
  const inFirst = await stateOf(0)
  expect(Object.values(inFirst).filter((state) => state === 'seated')).toHaveLength(2)
  await arrives(await replyTo(test, first!.email, 'yes'))
  await arrives(await replyTo(test, second!.email, 'maybe'))
  expect(await stateOf(0)).toEqual(inFirst)
  expect((await rowsOf(test)).map(({ verdict }) => verdict)).toEqual(['apply', 'apply'])
  expect((await tellAgain(test, workshop.id)).told).toEqual([])
  test.clock.advance({ minutes: 1 })

  // Chloé sits in the second: she waits for the first, and is offered the seat that is given up.
  const chloe = scene.people[2]!
  const token = await tokenOf(test, workshop.id, chloe)
  await test.nobody.ask(workshopLinksRoutes.giveSeatUp, { params: { token } })
  await test.nobody.ask(workshopLinksRoutes.waitForSeat, {
    params: { token },
    body: { sessionId: workshop.sessions[0]!.id, waiting: true },
  })
  await arrives(await replyTo(test, second!.email, 'no'))
  expect(await stateOf(0)).toMatchObject({ [first!.firstName]: 'seated', Chloé: 'offered' })
  await deliver(test)
  expect(await toldTo(test, second!)).toEqual(['REQUEST 0', 'CANCEL 1'])
  expect(await lettersTo(test, chloe.email!)).toContain(
    '« 10 de cœur » : une place s’est libérée à l’atelier',
  )
  await test.nobody.ask(workshopLinksRoutes.takeSeat, {
    params: { token },
    body: { sessionId: workshop.sessions[0]!.id },
  })
  await deliver(test)
  expect((await toldTo(test, chloe)).at(-1)).toBe('REQUEST 0')
}, 60_000)

it('closes nothing when a facilitator says no: the director is told, and somebody else may lead', async () => {
  const { test, arrives, lived, scene, stateOf, director } = await workshopWithMailbox()
  const { facilitator } = scene
  const before = await stateOf(0)
  await arrives(await replyTo(test, facilitator.email, 'no'))
  expect(await stateOf(0)).toEqual(before)
  expect((await rowsOf(test))[0]).toMatchObject({ verdict: 'apply', answer: 'no' })
  const params = { workshopId: lived.workshop.id }
  const said = async () =>
    (await scene.director.ask(routes.workshop, { params })).sessions.map(
      ({ facilitatorSaid }) => facilitatorSaid,
    )
  expect((await said()).toSorted()).toEqual(['no', null])
  await deliver(test)
  expect(await lettersTo(test, director)).toEqual([
    '« 10 de cœur » : une séance d’atelier est à confier',
  ])
  // The same no again tells nobody twice.
  await arrives(await replyTo(test, facilitator.email, 'no'))
  await deliver(test)
  expect(await lettersTo(test, director)).toHaveLength(1)
  const nadia = await makePerson(test.db, test.clock.now(), scene.dax, { firstName: 'Nadia' })
  await changeSession(lived, 0, { facilitatorId: nadia.id })
  await changeSession(lived, 1, { facilitatorId: nadia.id })
  await deliver(test)
  expect(await said()).toEqual([null, null])
  expect(await toldTo(test, nadia)).toEqual(['REQUEST 0', 'REQUEST 0'])
  expect(await toldTo(test, facilitator)).toEqual([
    'REQUEST 0',
    'REQUEST 0',
    'CANCEL 1',
    'CANCEL 1',
  ])
}, 60_000)

it('forgets what was answered once another hour is asked, and asks again', async () => {
  const { test, arrives, lived, scene } = await workshopWithMailbox()
  const [alice] = scene.people
  await arrives(await replyTo(test, alice!.email, 'yes'))
  await changeSession(lived, 0, { startsAt: '14:00', endsAt: '15:00' })
  await deliver(test)
  const asked = async () => {
    const [attendee] = (await invitationsTo(test, alice!.email)).at(-1)!.attendees
    return [attendee!.partstat, attendee!.rsvp]
  }
  expect(await asked()).toEqual(['NEEDS-ACTION', 'TRUE'])
  const leadBy = async (firstName: string) => {
    const person = await makePerson(test.db, test.clock.now(), scene.dax, { firstName })
    const hour = { startsAt: '14:00', endsAt: '15:00' }
    await changeSession(lived, 0, { ...hour, facilitatorId: person.id })
    await deliver(test)
  }
  // What was said of the former hour is not said of this one.
  await leadBy('Nadia')
  expect(await asked()).toEqual(['NEEDS-ACTION', 'TRUE'])
  await arrives(await replyTo(test, alice!.email, 'yes'))
  await leadBy('Olga')
  expect(await asked()).toEqual(['ACCEPTED', 'FALSE'])
}, 60_000)

it('holds an answer from elsewhere for the director, who counts it as the button would', async () => {
  const { test, arrives, scene, workshop, stateOf } = await workshopWithMailbox()
  const [alice] = scene.people
  await arrives(await replyTo(test, alice!.email, 'no', { from: 'alice@maison.example' }))
  const params = { regionId: scene.region.regionId }
  const { answers } = await scene.director.ask(mailAnswersRoutes.heldAnswers, { params })
  expect(answers).toMatchObject([
    {
      reason: 'somebody-else',
      answer: 'no',
      meeting: {
        dayId: null,
        occasionName: workshop.title,
        side: 'participant',
        firstName: 'Alice',
        aboutFr: workshop.title,
        open: true,
        answer: null,
      },
    },
  ])
  expect(await stateOf(0)).toMatchObject({ Alice: 'seated' })
  await scene.director.ask(mailAnswersRoutes.applyHeldAnswer, {
    params: { answerId: answers[0]!.id },
    body: { answer: 'no', remember: false },
  })
  expect((await stateOf(0)).Alice).not.toBe('seated')
  await deliver(test)
  expect(await toldTo(test, alice!)).toEqual(['REQUEST 0', 'CANCEL 1'])
}, 60_000)

it('of a reply and a press at once, the seat is given up once; after a cancellation nothing is', async () => {
  const { test, arrives, lived, scene, workshop } = await workshopWithMailbox()
  const [alice, bruno] = scene.people
  const token = await tokenOf(test, workshop.id, alice!)
  const reply = await replyTo(test, alice!.email, 'no')
  await Promise.all([
    arrives(reply),
    test.nobody.ask(workshopLinksRoutes.giveSeatUp, { params: { token } }),
  ])
  await deliver(test)
  expect(await toldTo(test, alice!)).toEqual(['REQUEST 0', 'CANCEL 1'])
  const yes = await replyTo(test, bruno!.email, 'yes')
  await cancelSession(lived, 0)
  await arrives(yes)
  const last = (await rowsOf(test)).at(-1)!
  expect(last).toMatchObject({ verdict: 'held', reason: 'cancelled' })
  await vi.waitFor(async () => expect(await rowsOf(test)).toHaveLength(2))
}, 60_000)
