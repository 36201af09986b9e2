import {
  greyMoves,
  type Move,
  type Scene,
  type Story,
  type Warmth,
  warmMoves,
} from '#shared/reminders/reminders.story.ts'
import {
  type ContentLanguage,
  contentLanguages,
  type Wording,
} from '#shared/vocabulary/content-language.ts'

// What a press in the editor makes of a story. All pure: a story in, a story out.

/** The first of `scene-1`, `scene-2`… that nothing is called yet. */
export function freshId(things: readonly { id: string }[], word: string): string {
  const known = new Set(things.map(({ id }) => id))
  let number = things.length + 1
  while (known.has(`${word}-${number}`)) number += 1
  return `${word}-${number}`
}

/** A list with one of its things changed. */
export const changedIn = <T extends { id: string }>(
  things: readonly T[],
  id: string,
  change: Partial<T>,
): T[] => things.map((one) => (one.id === id ? { ...one, ...change } : one))

/** A new scene after another one, on its way: what followed that one follows the new one. */
export function withSceneAfter(story: Story, id: string): Story {
  const place = story.scenes.findIndex((scene) => scene.id === id)
  const before = story.scenes[place]
  if (!before) return story
  const added: Scene = {
    id: freshId(story.scenes, 'scene'),
    drawing: before.drawing,
    text: {},
    voice: null,
    ways: before.ways,
  }
  const leading = { ...before, ways: [{ words: null, to: added.id }] }
  return { ...story, scenes: story.scenes.toSpliced(place, 1, leading, added) }
}

/** Without a scene: ways that led to it lead where it led. */
export function withoutScene(story: Story, id: string): Story {
  const gone = story.scenes.find((scene) => scene.id === id)
  const [next] = gone?.ways ?? []
  const scenes = story.scenes
    .filter((scene) => scene.id !== id)
    .map((scene) => {
      const led = scene.ways.flatMap((way) => {
        if (way.to !== id) return [way]
        return next ? [{ ...way, to: next.to }] : []
      })
      const ways = led.filter(({ to }, at) => led.findIndex((way) => way.to === to) === at)
      return { ...scene, ways: wordedWays(ways) }
    })
  return { ...story, scenes }
}

/** Words belong to a choice only: where there is one way on, there is nothing to say. */
export function wordedWays(ways: Scene['ways']): Scene['ways'] {
  return ways.map((way) => ({ ...way, words: ways.length > 1 ? (way.words ?? {}) : null }))
}

/** Moves that may stand at a warmth: those of its zone, all of them in between. */
export function movesAt(warmth: Warmth): readonly Move[] {
  if (warmth < 3) return greyMoves
  return warmth > 3 ? warmMoves : [...greyMoves, ...warmMoves]
}

/** What changes in a reaction when it is put elsewhere on the scale. */
export function movedTo(warmth: Warmth, move: Move): { warmth: Warmth; move: Move } {
  const possible = movesAt(warmth)
  return { warmth, move: possible.includes(move) ? move : (possible[0] ?? move) }
}

/** Adds a language, or takes it out of what is told; its words stay until the story is published. */
export function withLanguage(story: Story, language: ContentLanguage, told: boolean): Story {
  const others = story.languages.filter((one) => one !== language)
  return { ...story, languages: told ? [...others, language] : others }
}

export interface PlacedText {
  path: string
  language: ContentLanguage
  mine: string
  theirs: string
}

/** Texts that differ between two writings of a story, by where they stand. */
export function textsApart(mine: Story, theirs: Story): PlacedText[] {
  const own = textsOf(mine)
  const other = textsOf(theirs)
  return [...new Set([...own.keys(), ...other.keys()])].flatMap((key) => {
    const [path, language] = key.split(' ') as [string, ContentLanguage]
    const [here, there] = [own.get(key) ?? '', other.get(key) ?? '']
    return here === there ? [] : [{ path, language, mine: here, theirs: there }]
  })
}

function textsOf(value: unknown, path: readonly string[] = []): Map<string, string> {
  const texts = new Map<string, string>()
  if (typeof value !== 'object' || value === null) return texts
  for (const [key, one] of Object.entries(value) as [string, unknown][]) {
    if (typeof one === 'string' && contentLanguages.some((language) => language === key)) {
      texts.set(`${path.join('.')} ${key}`, one)
    } else {
      for (const [place, text] of textsOf(one, [...path, key])) texts.set(place, text)
    }
  }
  return texts
}

/** The text of a wording in a language, to be written in a field. */
export const textIn = (wording: Wording, language: ContentLanguage): string =>
  wording[language] ?? ''
