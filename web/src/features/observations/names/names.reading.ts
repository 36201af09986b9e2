import { folded, longTitles, shortTitles } from './names.words.ts'

/** A word as the search for names sees it. */
export interface Word {
  start: number
  end: number
  lower: string
  /** The same without accents. */
  folded: string
  /** « anne », « sophie » of « Anne-Sophie ». */
  parts: string[]
  /** A capital that says something: none does in a text shouted in capitals. */
  capital: boolean
  /** All capitals: « FTTH », or « DURAND ». */
  acronym: boolean
  /** First of its sentence, where any word has a capital. */
  initial: boolean
  /** Touches a figure: part of a reference, not a word. */
  mixed: boolean
  /** What stands between it and its neighbours. */
  before: string
  after: string
  /** Only a space lies before it, or the dot of a title. */
  touches: boolean
  dotted: boolean
}

const pattern = /\p{L}[\p{L}\p{M}]*(?:['’‑-][\p{L}\p{M}]+)*/gu
/** « l’accueil », « qu’Inès »: the small word is none of the name. */
const elision = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]/i
/** « Mark’s », « don’t ». */
const englishEnd = /['’](?:s|re|ve|ll|d|m|t)$/i
/** Share of capitals from which they mean nothing any more. */
const shouted = 0.7
const fewestLetters = 8

/** The words of a text, in order. */
export function readWords(text: string): Word[] {
  const shouting = isShouted(text)
  const found = [...text.matchAll(pattern)].map(({ 0: written, index }) => bare(written, index))
  return found.map(({ start, written }, i) => {
    const end = start + written.length
    const previous = found[i - 1]
    const from = previous ? previous.start + previous.written.length : 0
    const before = text.slice(from, start)
    const word = folded(written)
    const dotted = before.startsWith('.') && isAbbreviation(previous?.written)
    const capital = /^\p{Lu}/u.test(written)
    return {
      start,
      end,
      lower: written.toLowerCase(),
      folded: word,
      parts: word.split(/['‑-]/).filter(Boolean),
      capital: capital && !shouting,
      acronym: !shouting && written.length > 1 && written === written.toUpperCase(),
      initial: !previous || (!dotted && /[.!?…\n:«“"(]/.test(before)),
      mixed: /\d/.test(text[start - 1] ?? '') || /\d/.test(text[end] ?? ''),
      before,
      after: text[end] ?? '',
      touches:
        previous !== undefined && /^[ \u00a0\u202f]$/.test(dotted ? before.slice(1) : before),
      dotted,
    }
  })
}

/** Without « l’ » before it or « ’s » behind; « N’Guessan » keeps its N. */
function bare(written: string, index: number) {
  const prefix = elision.exec(written)?.[0] ?? ''
  const rest = written.slice(prefix.length)
  const ofName = /^\p{Lu}/u.test(prefix) && /^\p{Lu}/u.test(rest)
  const start = ofName ? 0 : prefix.length
  const kept = written.slice(start)
  const end = englishEnd.exec(kept)?.[0].length ?? 0
  return { start: index + start, written: kept.slice(0, kept.length - end) }
}

/** « M. », « Mr. », or an initial: the dot behind does not end a sentence. */
function isAbbreviation(written: string | undefined): boolean {
  if (!written) return false
  const word = folded(written)
  return shortTitles.has(word) || longTitles.has(word) || /^\p{Lu}$/u.test(written)
}

function isShouted(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  const capitals = letters.filter((letter) => letter !== letter.toLowerCase())
  return letters.length >= fewestLetters && capitals.length > letters.length * shouted
}
