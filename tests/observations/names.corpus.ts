import { readFileSync } from 'node:fs'
import { nameFilter } from '#server/features/observations/observations.names.rules.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { colleaguesIn } from '#web/features/observations/names/names.roster.ts'
import { type Spot, type SpotKind, spot } from '#web/features/observations/names/names.spot.ts'

export interface Sentence {
  language: Language
  text: string
  marked: Spot[]
  /** Rules were tuned on one half only, and are reported on the other. */
  half: 'tuned' | 'reported'
}

const lines = readFileSync(new URL('names.corpus.txt', import.meta.url), 'utf8').split('\n')

/** The colleagues named in the corpus, and no other: whoever else is named has to be found without. */
const rosterLine = lines.find((line) => line.startsWith('# roster: '))!
export const roster = rosterLine
  .slice('# roster: '.length)
  .split('; ')
  .map((name) => {
    const [firstName, ...lastName] = name.split(' ')
    return { firstName: firstName!, lastName: lastName.join(' ') }
  })

/** A region of 2,900 is in the filter, so that it is as full as it would be. */
const letters = 'bcdfglmnprstvz'
const crowd = Array.from({ length: 2_880 }, (_, i) => ({
  firstName: `Q${letters[i % 14]}${letters[Math.floor(i / 14) % 14]}x`,
  lastName: `Qx${i.toString(36).replace(/\d/g, (figure) => letters[Number(figure)]!)}q`,
}))
export const filter = nameFilter([...roster, ...crowd], 'corpus')
export const colleagues = colleaguesIn(filter)

/** FNV-1a of the text decides the half: no hand does. */
function halfOf(text: string): Sentence['half'] {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193)
  }
  return (hash >>> 16) % 2 === 0 ? 'tuned' : 'reported'
}

function sentenceIn(line: string): Sentence {
  const [language, written] = line.split('\t') as [Language, string]
  const marked: Spot[] = []
  let text = ''
  for (const piece of written.split(/(\{[a-z]+ [^}]+\})/)) {
    const [, kind, words] = /^\{([a-z]+) ([^}]+)\}$/.exec(piece) ?? []
    if (kind) {
      marked.push({ kind: kind as SpotKind, start: text.length, end: text.length + words!.length })
    }
    text += words ?? piece
  }
  return { language, text, marked, half: halfOf(text) }
}

export const corpus = lines.filter((line) => /^(fr|en)\t/.test(line)).map(sentenceIn)

export interface Score {
  /** Marked in the corpus; of these found at least in part, and masked to the last letter. */
  marked: number
  found: number
  covered: number
  /** Spotted; of these overlapping something marked. */
  spotted: number
  right: number
}

/** Counts spans over sentences; a kind of its own counts only finds of that kind. */
export function score(sentences: readonly Sentence[], kind?: SpotKind): Score {
  const total: Score = { marked: 0, found: 0, covered: 0, spotted: 0, right: 0 }
  for (const { text, language, marked } of sentences) {
    const spotted = spot(text, language, colleagues)
    const ofKind = (one: Spot) => kind === undefined || one.kind === kind
    for (const one of marked.filter(ofKind)) {
      total.marked += 1
      if (spotted.some((other) => overlap(one, other))) total.found += 1
      if (isCovered(one, spotted)) total.covered += 1
    }
    for (const one of spotted.filter(ofKind)) {
      total.spotted += 1
      if (marked.some((other) => ofKind(other) && overlap(one, other))) total.right += 1
    }
  }
  return total
}

const overlap = (a: Spot, b: Spot) => a.start < b.end && b.start < a.end

function isCovered(one: Spot, spotted: Spot[]): boolean {
  let from = one.start
  for (const { start, end } of spotted) {
    if (start <= from) from = Math.max(from, end)
  }
  return from >= one.end
}

export const precision = ({ spotted, right }: Score) => (spotted === 0 ? 1 : right / spotted)
export const recall = ({ marked, found }: Score) => (marked === 0 ? 1 : found / marked)
export const masked = ({ marked, covered }: Score) => (marked === 0 ? 1 : covered / marked)
