import type { z } from 'zod'
import { type Fault, faultCodes } from '#shared/reminders/reminders.contract.ts'
import { type Story, storySchema } from '#shared/reminders/reminders.story.ts'
import {
  type ContentLanguage,
  contentLanguages,
  type Wording,
} from '#shared/vocabulary/content-language.ts'

/** So many words in a row of somebody’s observation would let its author be recognised. */
export const longestRepeat = 5

interface Text {
  path: string
  language: ContentLanguage
  text: string
}

/** A draft without the blank texts it holds while it is written, and without languages it dropped. */
export function tidied(draft: Story): Story {
  return mapWordings(draft, (wording) =>
    Object.fromEntries(
      draft.languages.flatMap((language) => {
        const text = wording[language]?.trim()
        return text ? [[language, text]] : []
      }),
    ),
  ) as Story
}

/**
 * What keeps a draft from being published.
 * @param verbatims what was observed about its irritant: no text repeats them word for word.
 */
export function faultsOf(draft: Story, verbatims: readonly string[]): Fault[] {
  const story = tidied(draft)
  const issues = storySchema.safeParse(story).error?.issues ?? []
  const faults = issues.flatMap((issue) => faultsIn(issue, story))
  const seen = new Set(verbatims.flatMap(runsOf))
  for (const { path, language, text } of textsOf(story)) {
    if (runsOf(text).some((run) => seen.has(run))) {
      faults.push({ code: 'word-for-word', path, language })
    }
  }
  return faults
}

function faultsIn(issue: z.core.$ZodIssue, story: Story): Fault[] {
  const path = issue.path.join('.')
  const code = codeOf(issue)
  if (code === 'missing-language') {
    const wording = at(story, issue.path) as Wording
    return story.languages
      .filter((language) => !wording[language])
      .map((language) => ({ code, path, language }))
  }
  const last = contentLanguages.find((language) => language === issue.path.at(-1)) ?? null
  return [{ code, path: last ? issue.path.slice(0, -1).join('.') : path, language: last }]
}

function codeOf(issue: z.core.$ZodIssue): Fault['code'] {
  if (issue.code === 'custom') {
    const told = faultCodes.find((code) => code === issue.params?.fault)
    return told ?? (issue.params?.max ? 'too-long' : 'unfit')
  }
  if (issue.path.at(-1) === 'firstName') return 'nobody-tells'
  if (issue.code === 'too_small') return 'too-few'
  if (issue.code === 'too_big') return 'too-many'
  return 'unfit'
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((inner, key) => (inner as Record<PropertyKey, unknown>)[key], value)

/** Every run of six words of a text, without accents, capitals and points. */
function runsOf(text: string): string[] {
  const words = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  return words.flatMap((_, from) => {
    const run = words.slice(from, from + longestRepeat + 1)
    return run.length > longestRepeat ? [run.join(' ')] : []
  })
}

const isWording = (value: object): value is Wording =>
  Object.keys(value).every((key) => contentLanguages.some((language) => language === key))

function textsOf(value: unknown, path: readonly string[] = []): Text[] {
  if (typeof value !== 'object' || value === null) return []
  if (!Array.isArray(value) && isWording(value)) {
    return contentLanguages.flatMap((language) => {
      const text = value[language]
      return text ? [{ path: path.join('.'), language, text }] : []
    })
  }
  return Object.entries(value).flatMap(([key, one]) => textsOf(one, [...path, key]))
}

function mapWordings(value: unknown, change: (wording: Wording) => Wording): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => mapWordings(one, change))
  if (isWording(value)) return change(value)
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, mapWordings(one, change)]),
  )
}

/** A story nobody has written yet: three scenes in a row, three reactions, one technique. */
export function blankStory(language: ContentLanguage): Story {
  const last = 3
  const scenes = Array.from({ length: last }, (_, place) => ({
    id: `scene-${place + 1}`,
    drawing: 'home' as const,
    text: {},
    voice: null,
    ways: place + 1 < last ? [{ words: null, to: `scene-${place + 2}` }] : [],
  }))
  const reaction = { text: {}, why: {}, technique: 'technique-1' }
  return {
    format: '10-de-coeur/reminder',
    version: 1,
    languages: [language],
    title: {},
    teaser: {},
    teller: { firstName: '', job: {}, drawing: 'home' },
    scenes,
    emotion: { feeling: 'weariness', word: {}, line: {} },
    question: {},
    reactions: [
      { ...reaction, id: 'reaction-1', move: 'excuse', warmth: 2 },
      { ...reaction, id: 'reaction-2', move: 'listen', warmth: 4 },
      { ...reaction, id: 'reaction-3', move: 'open', warmth: 5 },
    ],
    techniques: [{ id: 'technique-1', name: {}, how: {}, example: {} }],
    missions: [
      { id: 'mission-1', text: {}, tip: {} },
      { id: 'mission-2', text: {}, tip: {} },
    ],
    askAfterDays: 7,
  }
}
