import { describe, expect, it } from 'vitest'
import { storySchema } from '#shared/reminders/reminders.story.ts'
import { isTried, withCard } from '#web/features/reminders/reminders.device.ts'
import {
  freshId,
  movedTo,
  textsApart,
  withoutScene,
  withSceneAfter,
} from '#web/features/reminders/reminders.editing.ts'
import { written } from './reminders.factory.ts'

const faults = (story: unknown) =>
  storySchema.safeParse(story).error?.issues.map(({ message }) => message) ?? []

describe('scenes', () => {
  it('are added on the way of the one before, which may have been a choice', () => {
    const story = withSceneAfter(written(), 'oven')
    expect(story.scenes.map(({ id }) => id)).toEqual([
      'oven',
      'scene-5',
      'waiting',
      'shop',
      'answered',
    ])
    expect(story.scenes[0]!.ways).toEqual([{ words: null, to: 'scene-5' }])
    expect(story.scenes[1]!.ways.map(({ to }) => to)).toEqual(['waiting', 'shop'])
  })

  it('are taken out so that no way leads nowhere, and a choice of one is none', () => {
    const story = withoutScene(written(), 'waiting')
    expect(story.scenes[0]!.ways.map(({ to }) => to)).toEqual(['answered', 'shop'])
    const straight = withoutScene(story, 'shop')
    expect(straight.scenes[0]!.ways).toEqual([{ words: null, to: 'answered' }])
    expect(faults(straight)).toContain('scenes-met')
  })

  it('are called what nothing else is called', () => {
    expect(freshId([{ id: 'scene-2' }, { id: 'scene-3' }], 'scene')).toBe('scene-4')
  })
})

it('a reaction put into the other zone does what one does there', () => {
  expect(movedTo(1, 'listen')).toEqual({ warmth: 1, move: 'suffer' })
  expect(movedTo(3, 'listen')).toEqual({ warmth: 3, move: 'listen' })
  expect(movedTo(5, 'excuse')).toEqual({ warmth: 5, move: 'listen' })
})

it('two writings of a story are apart where their texts differ, and only there', () => {
  const mine = written((story) => (story.scenes[1]!.text.fr = 'La musique, encore.'))
  const theirs = written((story) => (story.title.en = 'On hold'))
  expect(textsApart(mine, theirs)).toEqual([
    { path: 'title', language: 'en', mine: 'Forty minutes', theirs: 'On hold' },
    {
      path: 'scenes.1.text',
      language: 'fr',
      mine: 'La musique, encore.',
      theirs: 'La musique recommence. Je pétris d’une main.',
    },
  ])
})

describe('the hand', () => {
  const card = { key: 'on-hold/until', text: { fr: 'Dites-le une fois.' }, outcome: null }

  it('holds a mission once, and what became of it in its place', () => {
    const hand = withCard(withCard([], card), { ...card, key: 'other' })
    expect(withCard(hand, { ...card, outcome: 'hard' })).toEqual([
      { ...card, outcome: 'hard' },
      { ...card, key: 'other' },
    ])
  })

  it('counts what was tried however it went, and not what had no occasion', () => {
    expect(isTried({ ...card, outcome: 'hard' })).toBe(true)
    expect(isTried({ ...card, outcome: 'not-yet' })).toBe(false)
    expect(isTried(card)).toBe(false)
  })
})
