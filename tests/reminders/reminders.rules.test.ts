import { describe, expect, it } from 'vitest'
import { readFile } from '#server/features/reminders/reminders.file.ts'
import { blankStory, faultsOf, tidied } from '#server/features/reminders/reminders.rules.ts'
import { shippedStory } from '#server/features/reminders/reminders.shipped.ts'
import { draftSchema } from '#shared/reminders/reminders.story.ts'
import { written } from './reminders.factory.ts'

describe('what keeps a draft from being published', () => {
  it('is nothing where it is whole', () => {
    expect(faultsOf(written(), [])).toEqual([])
  })

  it('says which text is missing, and in which language', () => {
    const draft = written((story) => {
      story.scenes[1]!.text.en = '   '
      delete story.reactions[0]!.why.fr
    })
    expect(faultsOf(draft, [])).toEqual([
      { code: 'missing-language', path: 'scenes.1.text', language: 'en' },
      { code: 'missing-language', path: 'reactions.0.why', language: 'fr' },
    ])
  })

  it('says which text is too long for a phone', () => {
    const draft = written((story) => (story.title.fr = 'x'.repeat(61)))
    expect(faultsOf(draft, [])).toEqual([{ code: 'too-long', path: 'title', language: 'fr' }])
  })

  it('says where ways go wrong, reactions take one side, and nobody tells', () => {
    const draft = written((story) => {
      story.teller.firstName = ' '
      story.scenes[1]!.ways = [{ words: null, to: 'oven' }]
      story.reactions[1]!.warmth = 4
    })
    expect(faultsOf(draft, []).map(({ code, path }) => `${code} ${path}`)).toEqual([
      'nobody-tells teller.firstName',
      'scenes-met scenes',
      'move-and-warmth reactions.1',
      'one-sided reactions',
    ])
  })

  it('asks nothing of a language that is no longer told', () => {
    const draft = written((story) => {
      story.languages = ['fr']
      story.title.en = ''
    })
    expect(faultsOf(draft, [])).toEqual([])
    expect(tidied(draft).title).toEqual({ fr: 'Quarante minutes' })
  })

  it('is much of a blank page, and every fault has a place in it', () => {
    const blank = blankStory('fr')
    expect(draftSchema.safeParse(blank).success).toBe(true)
    expect(new Set(faultsOf(blank, []).map(({ code }) => code))).toEqual(
      new Set(['missing-language', 'nobody-tells']),
    )
  })
})

describe('the words of an observation', () => {
  const seen = 'La dame a attendu QUARANTE minutes, au téléphone, avant de raccrocher.'
  const quoting = (text: string) => written((story) => (story.scenes[2]!.text.fr = text))
  const codes = (text: string) => faultsOf(quoting(text), [seen]).map(({ code }) => code)

  it('are not repeated six in a row, whatever the capitals, accents and points', () => {
    const [fault] = faultsOf(quoting('« Attendu quarante minutes au telephone avant » : ouf.'), [
      seen,
    ])
    expect(fault).toEqual({ code: 'word-for-word', path: 'scenes.2.text', language: 'fr' })
  })

  it('may be met by five in a row, or by more with others between', () => {
    expect(codes('Elle aura attendu quarante minutes au téléphone.')).toEqual([])
    expect(codes('Attendu quarante longues minutes au téléphone avant midi.')).toEqual([])
  })
})

describe('a file somebody brings', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)

  it('is read as it was taken along', () => {
    const story = shippedStory('on-hold')
    expect(readFile(bytes(JSON.stringify(story)))).toEqual(story)
  })

  it.each([
    ['an image', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe])],
    ['half a file', bytes('{"format": "10-de-coeur/reminder"')],
    ['nothing', bytes('')],
    ['a text no database keeps', bytes(JSON.stringify(written((one) => (one.title.fr = '\0'))))],
    ['half a letter', bytes(JSON.stringify(written((one) => (one.title.fr = '\ud83d'))))],
  ])('is refused where it is %s', (_, file) => {
    expect(readFile(file)).toEqual({ refused: 'story-unreadable' })
  })

  it('is refused where it is nested deeper than a reminder, before it is built', () => {
    expect(readFile(bytes('['.repeat(200_000)))).toEqual({ refused: 'story-too-deep' })
    const quoted = written((story) => (story.title.fr = '[[[[[[[[[[[[{{{{'))
    expect(readFile(bytes(JSON.stringify(quoted)))).toEqual(quoted)
  })

  it.each([
    ['a field it does not know', { script: '<script>' }, 'script'],
    ['another format', { format: 'another/format' }, 'format'],
    ['a language it does not know', { title: { fr: 'Titre', xx: 'Titre' } }, 'title'],
    ['a list without end', { scenes: Array(10).fill(written().scenes[0]) }, 'scenes'],
  ])('is refused with the place where it has %s', (_, change, place) => {
    const file = bytes(JSON.stringify({ ...written(), ...change }))
    const refusal = readFile(file) as { refused: string; details: { place: string } }
    expect(refusal.refused).toBe('story-unfit')
    expect(refusal.details.place.split('.')[0]).toBe(place)
  })

  it('is refused where it would reach what every object has', () => {
    const file = JSON.stringify(written()).replace('{', '{"__proto__": {"format": 1},')
    expect(readFile(bytes(file))).toMatchObject({ refused: 'story-unfit' })
  })
})
