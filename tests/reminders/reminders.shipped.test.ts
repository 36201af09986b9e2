import { describe, expect, it } from 'vitest'
import { shippedStories, shippedStory } from '#server/features/reminders/reminders.shipped.ts'
import { greyMoves, type Story, storySchema } from '#shared/reminders/reminders.story.ts'
import { contentLanguages } from '#shared/vocabulary/content-language.ts'
import { typeset, wordingsOf } from '../support/wordings.ts'

/** Words that close doors: nobody kind says them on our behalf. */
const closing =
  /\b(hélas|malheureusement|je crains|unfortunately|I’m afraid|helaas|jammer genoeg)\b/i

describe.each(shippedStories)('the shipped reminder « %s »', (name) => {
  const story = shippedStory(name)

  it('is told whole in French, English and Dutch, as each is printed', () => {
    expect(story.languages).toEqual(contentLanguages)
    for (const { language, text, path } of wordingsOf(story)) {
      expect(typeset(text, language), `${path} ${language}`).toBe(true)
    }
  })

  it('offers reactions in both zones, none of them named right or wrong', () => {
    const warmths = story.reactions.map(({ warmth }) => warmth)
    expect(new Set(warmths).size).toBe(warmths.length)
    for (const { why } of story.reactions) {
      expect(Object.values(why).join(' ')).not.toMatch(
        /bonne réponse|mauvaise réponse|right answer|wrong|juist antwoord|fout antwoord/i,
      )
    }
  })

  it('advises nothing with the words that close doors', () => {
    for (const technique of story.techniques) {
      // The first reminder is about these words: it may quote them to do without.
      if (name === 'closing-words') continue
      expect(Object.values(technique.example).join(' ')).not.toMatch(closing)
    }
  })

  it('takes five minutes at most, read aloud', () => {
    for (const language of contentLanguages) {
      // Five scenes on the longest way, one reaction with its why and technique, all missions;
      // read aloud French runs at some 150 words a minute.
      const words = wordingsOf(story)
        .filter((one) => one.language === language)
        .filter(({ path }) => !/reactions\.\d+\.why|techniques/.test(path))
        .reduce((sum, { text }) => sum + text.split(/\s+/).length, 0)
      expect(words, language).toBeLessThan(750)
    }
  })
})

describe('the six together', () => {
  const stories = shippedStories.map(shippedStory)

  it('are told by six people, in several jobs, each with an emotion', () => {
    expect(new Set(stories.map(({ teller }) => teller.firstName)).size).toBe(6)
    expect(new Set(stories.map(({ teller }) => teller.job.fr)).size).toBeGreaterThanOrEqual(4)
    expect(new Set(stories.map(({ emotion }) => emotion.feeling)).size).toBeGreaterThanOrEqual(4)
  })

  it('do not let the grey zone be guessed by where it stands in the list', () => {
    const isGrey = (story: Story, at: number) =>
      greyMoves.some((move) => move === story.reactions[at]?.move)
    expect(new Set(stories.map((story) => isGrey(story, 0))).size).toBe(2)
  })

  it('branch at least twice', () => {
    const branching = stories.filter(({ scenes }) => scenes.some(({ ways }) => ways.length > 1))
    expect(branching.length).toBeGreaterThanOrEqual(2)
  })
})

describe('a written reminder', () => {
  const story = shippedStory('on-hold')
  const faultsOf = (change: (draft: Story) => void) => {
    const draft = structuredClone(story)
    change(draft)
    return storySchema.safeParse(draft).error?.issues.map(({ message }) => message) ?? []
  }

  it('is refused where ways turn in a circle or lead nowhere', () => {
    expect(
      faultsOf((one) => (one.scenes.at(-1)!.ways = [{ words: null, to: one.scenes[0]!.id }])),
    ).toContain('scenes-met')
    expect(faultsOf((one) => (one.scenes[0]!.ways = [{ words: null, to: 'nowhere' }]))).toEqual(
      expect.arrayContaining(['unknown-scene', 'lost-scene', 'scenes-met']),
    )
  })

  it('is refused where one language is missing, or one zone', () => {
    expect(faultsOf((one) => delete one.title.nl)).toEqual(['missing-language'])
    expect(
      faultsOf((one) => {
        for (const reaction of one.reactions) Object.assign(reaction, { move: 'open', warmth: 5 })
      }),
    ).toEqual(['one-sided'])
    expect(
      faultsOf((one) => Object.assign(one.reactions[0]!, { move: 'close', warmth: 5 })),
    ).toContain('move-and-warmth')
  })

  it('is refused where two of its parts have one name, or a technique is not told', () => {
    expect(faultsOf((one) => (one.missions[1]!.id = one.missions[0]!.id))).toEqual(['doubled-id'])
    expect(faultsOf((one) => (one.reactions[0]!.technique = 'magic'))).toEqual([
      'unknown-technique',
    ])
  })
})
