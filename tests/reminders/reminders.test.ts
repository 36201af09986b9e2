import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyIrritant } from '#server/features/days/days.service.ts'
import { storyOf, versionToTell } from '#server/features/reminders/reminders.service.ts'
import { shippedStories, shippedStory } from '#server/features/reminders/reminders.shipped.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { observationsRoutes } from '#shared/observations/observations.contract.ts'
import { remindersRoutes as routes } from '#shared/reminders/reminders.contract.ts'
import type { Story } from '#shared/reminders/reminders.story.ts'
import { livedDay, seen } from '../observations/observations.factory.ts'
import { makeRegion } from '../roster/roster.factory.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'
import { written } from './reminders.factory.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

/** A region of its own, with its director signed in. */
async function aRegion() {
  const { regionId, director } = await makeRegion(test.db, test.clock.now())
  return { regionId, director: await test.signedIn(director) }
}

const toTell = (regionId: string, reminder: string) =>
  inTransaction(test.db, async (trx) => {
    const told = await versionToTell(trx, { regionId, reminder }, test.clock.now())
    if (isRefusal(told)) throw new Error(told.refused)
    return told
  })

/** Begins a reminder of the region's own and writes it. */
async function begun(director: Caller, regionId: string, story: Story) {
  const params = { regionId }
  const body = { irritantId: null, language: 'fr' as const }
  const { reminder } = await director.ask(routes.write, { params, body })
  const saved = await director.ask(routes.saveDraft, {
    params: { regionId, reminder },
    body: { saved: 1, story },
  })
  return { params: { regionId, reminder }, saved }
}

describe('the shelf of a region', () => {
  it('holds what ships, in the order of a programme, without anything being made for it', async () => {
    const { regionId, director } = await aRegion()
    const shelf = await director.ask(routes.shelf, { params: { regionId } })
    expect(shelf.map(({ reminder }) => reminder)).toEqual(shippedStories)
    expect(shelf.every(({ own, draft, version }) => !own && !draft && version === 1)).toBe(true)
    const rows = await test.db.selectFrom('reminder_stories').selectAll().execute()
    expect(rows.filter((row) => row.region_id === regionId)).toEqual([])
  })

  it('holds the region’s own after it, as it was published, with a mark where one writes', async () => {
    const { regionId, director } = await aRegion()
    const { params, saved } = await begun(director, regionId, written())
    const before = await director.ask(routes.shelf, { params: { regionId } })
    expect(before.at(-1)).toMatchObject({ version: null, draft: true, firstName: 'Maryse' })
    const body = { saved: saved.draft!.saved }
    await director.ask(routes.publish, { params, body })
    const after = await director.ask(routes.shelf, { params: { regionId } })
    expect(after.at(-1)).toMatchObject({ version: 1, draft: false, own: true })
  })
})

describe('a shipped reminder', () => {
  it('is made once for a region, however many use it at once', async () => {
    const { regionId } = await aRegion()
    const told = await Promise.all([
      toTell(regionId, 'on-hold'),
      toTell(regionId, 'on-hold'),
      toTell(regionId, 'on-hold'),
    ])
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(await storyOf(test.db, told[0]!.reminderId, 1)).toEqual(shippedStory('on-hold'))
  })

  it('gets its next version when its text changed with the product, and the old one stays', async () => {
    const { regionId } = await aRegion()
    const { reminderId } = await toTell(regionId, 'on-hold')
    // As an earlier release wrote it.
    await test.db
      .updateTable('reminder_versions')
      .set({ story: JSON.stringify(written()) })
      .where('reminder_id', '=', reminderId)
      .execute()
    expect(await toTell(regionId, 'on-hold')).toEqual({ reminderId, version: 2 })
    expect(await storyOf(test.db, reminderId, 1)).toEqual(written())
    expect(await storyOf(test.db, reminderId, 2)).toEqual(shippedStory('on-hold'))
  })

  it('is adapted above what was told before, and follows the product no longer', async () => {
    const { regionId, director } = await aRegion()
    const params = { regionId, reminder: 'third-visit' }
    const story = written()
    const draft = await director.ask(routes.saveDraft, { params, body: { saved: 0, story } })
    expect(draft.published).toMatchObject({ version: 1, own: false })
    expect(draft.draft).toMatchObject({ version: 2, saved: 1, faults: [] })
    expect((await toTell(regionId, 'third-visit')).version).toBe(1)
    const published = await director.ask(routes.publish, { params, body: { saved: 1 } })
    expect(published).toMatchObject({ draft: null, published: { version: 2, own: true, story } })
    const told = await toTell(regionId, 'third-visit')
    expect(told.version).toBe(2)
    expect(await storyOf(test.db, told.reminderId, 1)).toEqual(shippedStory('third-visit'))
  })
})

describe('writing', () => {
  it('goes back to the text that ships, once, and programmes keep the text they tell', async () => {
    const { regionId, director } = await aRegion()
    const params = { regionId, reminder: 'desk-to-desk' }
    const own = {
      ...shippedStory('desk-to-desk'),
      title: { fr: 'Le nôtre', en: 'Ours', nl: 'Van ons' },
    }
    await director.ask(routes.saveDraft, { params, body: { saved: 0, story: own } })
    const { published } = await director.ask(routes.publish, { params, body: { saved: 1 } })
    const told = await toTell(regionId, 'desk-to-desk')
    const restore = () =>
      director.call(routes.restore, { params, body: { version: published!.version } })
    const both = await Promise.all([restore(), restore()])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const after = await director.ask(routes.reminder, { params })
    expect(after.published).toMatchObject({ own: false, version: told.version + 1 })
    expect(after.published!.story.title).toEqual(shippedStory('desk-to-desk').title)
    expect((await storyOf(test.db, told.reminderId, told.version))!.title.fr).toBe('Le nôtre')
    expect((await toTell(regionId, 'desk-to-desk')).version).toBe(told.version + 1)
  })

  it('does not go back over what is being written, nor where nothing ships', async () => {
    const { regionId, director } = await aRegion()
    const { params, saved } = await begun(director, regionId, written())
    await director.ask(routes.publish, { params, body: { saved: saved.draft!.saved } })
    const nothing = await director.call(routes.restore, { params, body: { version: 1 } })
    expect(nothing.problem?.code).toBe('not-found')
    const adapted = { regionId, reminder: 'on-hold' }
    const story = shippedStory('on-hold')
    await director.ask(routes.saveDraft, { params: adapted, body: { saved: 0, story } })
    await director.ask(routes.publish, { params: adapted, body: { saved: 1 } })
    await director.ask(routes.saveDraft, { params: adapted, body: { saved: 0, story } })
    const writing = await director.call(routes.restore, { params: adapted, body: { version: 2 } })
    expect(writing.problem?.code).toBe('story-changed')
  })

  it('saves over what its writer saw; of several at once one is kept, the others are told', async () => {
    const { regionId, director } = await aRegion()
    const { params, saved } = await begun(director, regionId, written())
    const save = (title: string) =>
      director.call(routes.saveDraft, {
        params,
        body: { saved: saved.draft!.saved, story: written((one) => (one.title.fr = title)) },
      })
    const answers = await Promise.all(['Le mien', 'Le sien', 'Le leur', 'Le vôtre'].map(save))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
    expect(answers.find(({ problem }) => problem)?.problem?.code).toBe('story-changed')
    const now = await director.ask(routes.reminder, { params })
    const winner = answers.find(({ body }) => body)?.body
    expect(now.draft).toMatchObject({ saved: 3, story: { title: winner?.draft?.story.title } })
  })

  it('begins one draft of a shipped reminder, though two begin at once', async () => {
    const { regionId, director } = await aRegion()
    const params = { regionId, reminder: 'six-o-clock' }
    const save = () =>
      director.call(routes.saveDraft, { params, body: { saved: 0, story: written() } })
    const answers = await Promise.all([save(), save()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  it('keeps anything unfinished, says what is missing, and publishes nothing of it', async () => {
    const { regionId, director } = await aRegion()
    const story = written((one) => {
      delete one.title.en
      one.scenes[1]!.text.fr = 'x'.repeat(400)
    })
    const { params, saved } = await begun(director, regionId, story)
    expect(saved.draft!.faults.map(({ code }) => code)).toEqual(['too-long', 'missing-language'])
    const body = { saved: saved.draft!.saved }
    const answer = await director.call(routes.publish, { params, body })
    expect(answer.problem?.code).toBe('story-unfinished')
    const still = await director.ask(routes.reminder, { params })
    expect(still).toMatchObject({ published: null, draft: { story } })
  })

  it('publishes what was seen: one press of two, and nothing saved since', async () => {
    const { regionId, director } = await aRegion()
    const { params, saved } = await begun(director, regionId, written())
    const body = { saved: saved.draft!.saved }
    const press = () => director.call(routes.publish, { params, body })
    const answers = await Promise.all([press(), press()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404])
    const stale = await begun(director, regionId, written())
    const early = await director.call(routes.publish, { params: stale.params, body: { saved: 1 } })
    expect(early.problem?.code).toBe('story-changed')
  })

  it('throws a draft away; with it only what was never published', async () => {
    const { regionId, director } = await aRegion()
    const params = { regionId, reminder: 'on-hold' }
    await director.ask(routes.saveDraft, { params, body: { saved: 0, story: written() } })
    await director.ask(routes.dropDraft, { params, query: { saved: 1 } })
    expect(await director.ask(routes.reminder, { params })).toMatchObject({
      draft: null,
      published: { version: 1, own: false },
    })
    const own = await begun(director, regionId, written())
    await director.ask(routes.dropDraft, { params: own.params, query: { saved: 2 } })
    expect((await director.call(routes.reminder, { params: own.params })).status).toBe(404)
  })
})

describe('a reminder from an irritant', () => {
  it('repeats no observation word for word, also not of an earlier day', async () => {
    const lived = await livedDay(test)
    const { day, callers } = lived
    const { director, guests } = callers
    const irritantId = lived.observing.irritants[0]!.id
    const situation = 'On nous a renvoyés de guichet en guichet jusqu’au soir'
    const body = seen(lived, { irritantId, situation })
    const at = { dayId: day.id, observationId: randomUUID() }
    await guests[0]!.ask(observationsRoutes.putObservation, { params: at, body })
    const params = { regionId: day.regionId }
    const { reminder } = await director.ask(routes.write, {
      params,
      body: { irritantId, language: 'fr' },
    })
    const story = written(
      (one) => (one.scenes[1]!.text.fr = 'Renvoyés de guichet en guichet jusqu’au soir, encore.'),
    )
    const saved = await director.ask(routes.saveDraft, {
      params: { ...params, reminder },
      body: { saved: 1, story },
    })
    expect(saved.draft!.faults).toEqual([
      { code: 'word-for-word', path: 'scenes.1.text', language: 'fr' },
    ])
  })

  it('is refused for an irritant of another region', async () => {
    const [one, other] = [await aRegion(), await aRegion()]
    const [theirs] = await everyIrritant(test.db, other.regionId)
    const answer = await one.director.call(routes.write, {
      params: { regionId: one.regionId },
      body: { irritantId: theirs!.id, language: 'fr' },
    })
    expect(answer.status).toBe(404)
  })
})

describe('files', () => {
  it('go out as they come in: a draft, published by nobody yet', async () => {
    const { regionId, director } = await aRegion()
    const file = await director.ask(routes.file, { params: { regionId, reminder: 'on-hold' } })
    const { bytes } = file as { bytes: Uint8Array }
    const brought = await director.ask(routes.importStory, { params: { regionId }, body: bytes })
    expect(brought).toMatchObject({ shipped: null, published: null, draft: { version: 1 } })
    expect(brought.draft!.story).toEqual(shippedStory('on-hold'))
    expect(brought.draft!.faults).toEqual([])
  })

  it('are refused in a sentence where they are hostile', async () => {
    const { regionId, director } = await aRegion()
    const bring = (text: string) =>
      director.call(routes.importStory, {
        params: { regionId },
        body: new TextEncoder().encode(text),
      })
    expect((await bring('x'.repeat(300_000))).problem?.code).toBe('too-large')
    expect((await bring('{"a":'.repeat(20))).problem?.code).toBe('story-too-deep')
    const odd = await bring(JSON.stringify({ ...written(), onload: 'alert(1)' }))
    expect(odd.problem).toMatchObject({ status: 422, code: 'story-unfit' })
    expect(odd.problem?.title).toContain('onload')
  })
})
