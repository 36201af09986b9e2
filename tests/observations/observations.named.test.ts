import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#server/platform/identity.ts'
import { observationsRoutes as routes } from '#shared/observations/observations.contract.ts'
import { picturesRoutes } from '#shared/observations/observations.pictures.contract.ts'
import { colleaguesIn } from '#web/features/observations/names/names.roster.ts'
import { folded } from '#web/features/observations/names/names.words.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  anonymously,
  type LivedDay,
  livedDay,
  placementToken,
  release,
  seen,
} from './observations.factory.ts'

let test: TestApp
let lived: LivedDay
beforeAll(async () => {
  test = await startTestApp()
  lived = await livedDay(test)
})
afterAll(() => test.close())

const one = (observationId = randomUUID()) => ({ dayId: lived.day.id, observationId })

async function total() {
  const { groups } = await lived.callers.director.ask(picturesRoutes.pictures, {
    params: { dayId: lived.day.id },
  })
  return groups.reduce((sum, { count }) => sum + count, 0)
}

describe('an observation under one’s name', () => {
  it('is recorded by a guest and by a host, and read by both again', async () => {
    for (const caller of [lived.callers.guests[0]!, lived.callers.host]) {
      const params = one()
      await caller.ask(routes.putObservation, { params, body: seen(lived) })
      const mine = await caller.ask(routes.myObservations, { params: { dayId: lived.day.id } })
      expect(mine.map(({ id }) => id)).toEqual([params.observationId])
      expect(mine[0]).toMatchObject({ ...seen(lived), withdrawn: false })
    }
  })

  it('can be chosen without writing a word', async () => {
    const { situation: _, idea: __, ...choices } = seen(lived)
    const kept = await lived.callers.guests[1]!.ask(routes.putObservation, {
      params: one(),
      body: choices,
    })
    expect(kept).toMatchObject({ situation: '', idea: '' })
  })

  it('of something else than the irritants needs a few words, signed or not', async () => {
    const other = lived.observing.irritants.at(-1)!
    expect(other).toMatchObject({ nameFr: 'Autre chose', needsWords: true, focus: false })
    expect(lived.observing.irritants.filter(({ needsWords }) => needsWords)).toHaveLength(1)
    const wordless = seen(lived, { irritantId: other.id, situation: ' ' })
    const guest = lived.callers.guests[1]!
    const refused = await guest.call(routes.putObservation, { params: one(), body: wordless })
    expect(refused.problem?.code).toBe('words-needed')
    const { sent } = anonymously(lived, wordless)
    const unsigned = await test.nobody.call(routes.sendAnonymously, { body: sent })
    expect(unsigned.problem?.code).toBe('words-needed')
    const said = { ...wordless, situation: 'La borne d’accueil parle trop bas.' }
    await guest.ask(routes.putObservation, { params: one(), body: said })
  })

  it('says whose idea it is where there is one, by both ways, and no more once withdrawn', async () => {
    const guest = lived.callers.guests[1]!
    const ideaFrom = 'colleague'
    const put = (idea: string) =>
      guest.ask(routes.putObservation, { params: one(), body: seen(lived, { idea, ideaFrom }) })
    const named = await put('Un seul dossier.')
    expect(named.ideaFrom).toBe('colleague')
    expect((await put('')).ideaFrom).toBeNull()
    const params = { dayId: lived.day.id, observationId: named.id }
    await guest.ask(routes.withdrawObservation, { params })

    const { sent, held } = anonymously(lived, { ideaFrom })
    await test.nobody.ask(routes.sendAnonymously, { body: sent })
    const status = async () => test.nobody.ask(routes.followAnonymously, { body: held })
    expect((await status()).observation.ideaFrom).toBe('colleague')
    await test.nobody.ask(routes.withdrawAnonymously, { body: held })
    expect(await status()).toMatchObject({ status: 'withdrawn', observation: { ideaFrom: null } })
  })

  it('is one observation however often it is sent, even twice at once, and keeps its hour', async () => {
    const before = await total()
    const params = one()
    const send = (situation: string) =>
      lived.callers.guests[2]!.ask(routes.putObservation, {
        params,
        body: seen(lived, { situation }),
      })
    const [first, second] = await Promise.all([send('Une fois.'), send('Une fois.')])
    expect(first).toEqual(second)
    test.clock.advance({ minutes: 5 })
    const corrected = await send('Mieux dit.')
    expect(corrected.situation).toBe('Mieux dit.')
    expect(corrected.observedAt).toEqual(first.observedAt)
    expect(await total()).toBe(before + 1)
  })

  it('cannot be written over by somebody else, not even by the same identifier at once', async () => {
    const params = one()
    const answers = await Promise.all(
      [lived.callers.guests[3]!, lived.callers.guests[4]!].map((caller) =>
        caller.call(routes.putObservation, { params, body: seen(lived) }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const other = await lived.callers.host.call(routes.withdrawObservation, { params })
    expect(other.problem?.code).toBe('not-found')
  })

  it('counts no more once withdrawn, its words are gone, and a late retry does not bring it back', async () => {
    const before = await total()
    const params = one()
    const author = lived.callers.guests[0]!
    await author.ask(routes.putObservation, { params, body: seen(lived) })
    await author.ask(routes.withdrawObservation, { params })
    await author.ask(routes.withdrawObservation, { params })
    expect(await total()).toBe(before)
    const row = await test.db
      .selectFrom('observations')
      .selectAll()
      .where('id', '=', params.observationId)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ situation: '', idea: '', site_id: null, withdrawn: true })
    const late = await author.call(routes.putObservation, { params, body: seen(lived) })
    expect(late.problem?.code).toBe('conflict')
  })

  it('is refused where the irritant or the role is not one of the region, or the words too many', async () => {
    const send = (changes: object) =>
      lived.callers.host.call(routes.putObservation, {
        params: one(),
        body: seen(lived, changes),
      })
    expect((await send({ irritantId: randomUUID() })).problem?.code).toBe('not-found')
    expect((await send({ roleId: randomUUID() })).problem?.code).toBe('not-found')
    expect((await send({ situation: 'a'.repeat(1_001) })).problem?.code).toBe('invalid-input')
    expect((await send({ severity: 6 })).problem?.code).toBe('invalid-input')
    expect((await send({ idea: 'nul \u0000' })).problem?.code).toBe('invalid-input')
  })
})

describe('words sent although a name was spotted in them', () => {
  it('are marked for the director, and no more once masked or withdrawn', async () => {
    const author = lived.callers.guests[4]!
    const params = one()
    const irritantId = lived.observing.irritants[1]!.id
    const named = seen(lived, { irritantId, situation: 'Vu avec Zoé.', unmasked: true })
    expect((await author.ask(routes.putObservation, { params, body: named })).unmasked).toBe(true)
    const ofDay = { params: { dayId: lived.day.id } }
    const read = async () =>
      (await lived.callers.director.ask(picturesRoutes.verbatims, ofDay)).verbatims.filter(
        ({ id }) => id === params.observationId,
      )
    expect((await read()).map(({ unmasked }) => unmasked)).toEqual([true])
    const masked = seen(lived, { irritantId, situation: 'Vu avec [nom].' })
    await author.ask(routes.putObservation, { params, body: masked })
    expect((await read()).map(({ unmasked }) => unmasked)).toEqual([false])
    await author.ask(routes.putObservation, { params, body: named })
    await author.ask(routes.withdrawObservation, { params })
    const { unmasked } = await test.db
      .selectFrom('observations')
      .select('unmasked')
      .where('id', '=', params.observationId)
      .executeTakeFirstOrThrow()
    expect(unmasked).toBe(false)
  })

  it('are marked through the intake as well', async () => {
    const { sent, held } = anonymously(lived, { situation: 'Vu avec Zoé.', unmasked: true })
    await test.nobody.ask(routes.sendAnonymously, { body: sent })
    const followed = () => test.nobody.ask(routes.followAnonymously, { body: held })
    expect(await followed()).toMatchObject({ status: 'waiting', observation: { unmasked: true } })
    test.clock.advance({ minutes: 61 })
    await release(test)
    expect(await followed()).toMatchObject({ status: 'kept', observation: { unmasked: true } })
  })
})

describe('who observes', () => {
  it('is whoever takes part: nobody else of the region, nor its director', async () => {
    for (const caller of [lived.callers.bystander, lived.callers.director]) {
      const page = await caller.call(routes.observing, { params: { dayId: lived.day.id } })
      expect(page.problem?.code).toBe('not-taking-part')
      const sent = await caller.call(routes.putObservation, { params: one(), body: seen(lived) })
      expect(sent.problem?.code).toBe('not-taking-part')
    }
  })

  it('tells each what they live that day', async () => {
    const params = { dayId: lived.day.id }
    const asGuest = await lived.callers.guests[0]!.ask(routes.observing, { params })
    const asHost = await lived.callers.host.ask(routes.observing, { params })
    const place = { roleId: lived.seller.id, siteId: lived.shop.id }
    expect(asGuest.own).toEqual([{ ...place, as: 'guest' }])
    expect(asHost.own).toEqual([{ ...place, as: 'host' }])
    expect(asGuest.credential).toBe(asHost.credential)
  })

  it('tells a device whether a word is a colleague’s name, by link as well, and no name', async () => {
    const byLink = await test.nobody.ask(routes.observingByPlacementLink, {
      params: { token: placementToken(test, lived, 0) },
    })
    const isName = colleaguesIn(lived.observing.names)
    const { firstName, lastName } = lived.bystander
    expect(isName('first', folded(firstName))).toBe(true)
    expect(isName('last', folded(lastName).replace(/\d/g, ''))).toBe(true)
    expect(isName('first', 'hippolyte')).toBe(false)
    expect(byLink.names).toEqual(lived.observing.names)
  })

  it('knows a colleague’s name as soon as the roster has it', async () => {
    const params = { dayId: lived.day.id }
    const known = async () =>
      colleaguesIn((await lived.callers.host.ask(routes.observing, { params })).names)
    expect((await known())('first', 'hippolyte')).toBe(false)
    await makePerson(test.db, test.clock.now(), lived.shop, { firstName: 'Hippolyte' })
    expect((await known())('first', 'hippolyte')).toBe(true)
  })

  it('takes no identifier that would carry the time of writing onto the wall', async () => {
    const timed = { ...one(), observationId: newId(test.clock.now()) }
    const answer = await lived.callers.host.call(routes.putObservation, {
      params: timed,
      body: seen(lived),
    })
    expect(answer.problem?.code).toBe('invalid-input')
  })
})

describe('what the director reads', () => {
  it('is who chose to give their first name, and nothing about who did not', async () => {
    const irritantId = lived.observing.irritants[3]!.id
    const changes = { irritantId, frequency: 2, severity: 3 }
    const named = { params: one(), body: seen(lived, changes) }
    await lived.callers.guests[0]!.ask(routes.putObservation, named)
    const { sent } = anonymously(lived, { ...changes, severity: 4, situation: 'Sans nom.' })
    await test.nobody.ask(routes.sendAnonymously, { body: sent })
    test.clock.advance({ minutes: 61 })
    await release(test)

    const { verbatims } = await lived.callers.director.ask(picturesRoutes.verbatims, {
      params: { dayId: lived.day.id },
    })
    const unsigned = verbatims.find(({ id }) => id === sent.id)
    expect(unsigned).toMatchObject({ situation: 'Sans nom.', severity: 4, firstName: null })
    expect(Object.keys(unsigned!)).not.toContain('authorId')
    expect(verbatims.find(({ id }) => id === named.params.observationId)?.firstName).toBe('Alice')
  })

  it('comes fifty at a time, each once', async () => {
    const irritantId = lived.observing.irritants[2]!.id
    for (let n = 0; n < 53; n += 1) {
      const input = { params: one(), body: seen(lived, { irritantId }) }
      await lived.callers.host.ask(routes.putObservation, input)
    }
    const params = { dayId: lived.day.id }
    const first = await lived.callers.director.ask(picturesRoutes.verbatims, {
      params,
      query: { irritantId },
    })
    const rest = await lived.callers.director.ask(picturesRoutes.verbatims, {
      params,
      query: { irritantId, after: first.next! },
    })
    const ids = [...first.verbatims, ...rest.verbatims].map(({ id }) => id)
    expect(first.verbatims).toHaveLength(50)
    expect(rest.next).toBeNull()
    expect(new Set(ids).size).toBe(53)
  })

  it('is read by nobody else', async () => {
    const params = { dayId: lived.day.id }
    const administrator = await test.signedIn(lived.region.administrator)
    for (const caller of [...lived.callers.guests, lived.callers.host, administrator]) {
      expect((await caller.call(picturesRoutes.pictures, { params })).problem?.code).toBe(
        'forbidden',
      )
    }
  })
})

describe('when one observes', () => {
  it('ends a week after the day; what was written stays one’s own to take back', async () => {
    const params = one()
    const author = lived.callers.guests[1]!
    await author.ask(routes.putObservation, { params, body: seen(lived) })
    test.clock.set('2027-05-27T21:59:59Z')
    await author.ask(routes.putObservation, { params: one(), body: seen(lived) })
    test.clock.set('2027-05-27T22:00:00Z')
    const page = await author.ask(routes.observing, { params: { dayId: lived.day.id } })
    expect(page.open).toBe(false)
    const late = await author.call(routes.putObservation, { params: one(), body: seen(lived) })
    expect(late.problem?.code).toBe('observing-closed')
    await author.ask(routes.withdrawObservation, { params })
  })
})
