import type { Language } from '#shared/vocabulary/language.ts'
import { firstNames, surnames } from './names.lists.ts'
import { readWords, type Word } from './names.reading.ts'
import type { Colleagues, Spot } from './names.spot.ts'
import {
  alsoWords,
  articles,
  companyWords,
  longTitles,
  namedPlaces,
  neverNames,
  particles,
  personNouns,
  personVerbs,
  placesAndDates,
  sentenceWords,
  shortTitles,
  things,
  wordsIn,
} from './names.words.ts'

/** Of the open lists, folded. */
export const knownFirst = wordsIn(firstNames)
const knownLast = wordsIn(surnames)

/** Shorter ones are too often something else: « Al », « Bo ». */
const shortestQuiet = 4
/** Surname with its small words, after a first name: « Juan Carlos de la Torre ». */
const longestName = 5

/** Names of people: after a title, from the lists, among colleagues, or said to be somebody. */
export function spotPersons(text: string, language: Language, colleagues: Colleagues): Spot[] {
  const words = readWords(text)
  const reader = new NameReader(words, language, colleagues)
  const spots: Spot[] = []
  for (let i = 0; i < words.length; i += 1) {
    const end = reader.nameFrom(i)
    if (end === undefined) continue
    const last = words[end]!
    // « M. D. »: the dot belongs to the initial.
    const dot = last.folded.length === 1 && last.after === '.' ? 1 : 0
    const first = words[reader.beginningOf(i)]!
    spots.push({ kind: 'person', start: first.start, end: last.end + dot })
    i = end
  }
  return spots
}

class NameReader {
  private readonly words: Word[]
  private readonly language: Language
  private readonly colleagues: Colleagues

  constructor(words: Word[], language: Language, colleagues: Colleagues) {
    this.words = words
    this.language = language
    this.colleagues = colleagues
  }

  /** The last word of a name that begins at this word; undefined where none begins. */
  nameFrom(i: number): number | undefined {
    const word = this.words[i]!
    if (word.mixed) return undefined
    const begins =
      this.followsTitle(i) ||
      this.isFirstName(i) ||
      this.isSurname(i) ||
      this.followsPerson(i) ||
      this.followsNameOf(i)
    return begins ? this.runFrom(i) : undefined
  }

  /** The word the name found at this one begins with: « J. Martin », « DUPONT Marie ». */
  beginningOf(i: number): number {
    const before = this.words[i - 1]
    const word = this.words[i]!
    if (!before || before.mixed || !word.touches) return i
    const initial = word.dotted && before.folded.length === 1 && !isTitle(before)
    const surname = before.acronym && before.folded.length > 2 && this.isAnySurname(before)
    return initial || surname ? i - 1 : i
  }

  private followsTitle(i: number): boolean {
    const title = this.words[i - 1]
    const word = this.words[i]!
    if (!title || !word.touches) return false
    const next = this.afterParticles(i)
    if (next === undefined) return false
    const name = this.words[next]!
    if (neverNames.has(name.folded) || isTitle(name)) return false
    if (shortTitles.has(title.folded)) return name.capital || next === i
    if (!longTitles.has(title.folded)) return false
    // « m » is a metre and « ms » a thousandth of a second unless a dot or a capital says otherwise.
    if (title.folded.length < 3 && !title.capital) return word.dotted && this.isKnown(name)
    return name.capital || (title.folded !== 'miss' && this.isKnown(name))
  }

  /** The first word that is not « de », « la », …; these need a capital behind them. */
  private afterParticles(i: number): number | undefined {
    let at = i
    while (particles.has(this.words[at]!.folded)) {
      const next = this.words[at + 1]
      if (!next?.touches || at - i > 2) return at === i ? undefined : at
      at += 1
    }
    return at === i || this.words[at]!.capital ? at : undefined
  }

  private isFirstName(i: number): boolean {
    const word = this.words[i]!
    const first = word.parts[0]!
    const known = knownFirst.has(first) || this.colleagues('first', first)
    if (!known || neverNames.has(word.folded) || this.isOfPlace(i)) return false
    if (!word.capital) return this.isQuietFirstName(i, first)
    if (word.acronym && word.folded.length < shortestQuiet) return false
    if (placesAndDates.has(first)) return this.hasSurname(i)
    if (!sentenceWords.has(first)) return true
    // « The Bill »: with an article it is the thing.
    if (!word.initial && !articles.has(this.words[i - 1]!.lower)) return true
    return this.hasSurname(i) || this.saysSomething(i)
  }

  /** Typed without a capital: a word that is nothing else, or beside somebody. */
  private isQuietFirstName(i: number, first: string): boolean {
    if (!knownFirst.has(first)) return false
    const isOther = sentenceWords.has(first) || placesAndDates.has(first)
    if (first.length >= shortestQuiet && !isOther) {
      if (!alsoWords.has(first)) return true
      const before = this.words[i - 1]
      if (before && this.words[i]!.touches && companyWords.has(before.folded)) return true
    }
    const next = this.words[i + 1]
    return !!next?.touches && isNothingElse(next) && this.isKnown(next)
  }

  private isSurname(i: number): boolean {
    const word = this.words[i]!
    if (!word.capital || word.folded.length < 3 || neverNames.has(word.folded)) return false
    if (placesAndDates.has(word.folded) || this.isOfPlace(i)) return false
    if (this.isColleague(word)) return !word.initial || !sentenceWords.has(word.folded)
    if (!knownLast.has(word.folded) || sentenceWords.has(word.folded) || word.acronym) return false
    return !word.initial || this.saysSomething(i) || (word.touches && word.dotted)
  }

  private isColleague({ parts }: Word): boolean {
    const telling = parts.filter((part) => part.length >= 3 && !particles.has(part))
    return telling.length > 0 && telling.every((part) => this.colleagues('last', part))
  }

  private isAnySurname = (word: Word) => knownLast.has(word.folded) || this.isColleague(word)

  /** « le client Szymczak », « le gardien, M’Bappa, ouvre », « le client garcia ». */
  private followsPerson(i: number): boolean {
    const noun = this.words[i - 1]
    const word = this.words[i]!
    if (!noun || !personNouns.has(noun.folded) || word.acronym) return false
    if (neverNames.has(word.folded) || namedPlaces.has(word.folded) || isTitle(word)) return false
    if (!word.capital) return word.touches && knownLast.has(word.folded) && isNothingElse(word)
    return word.touches || (word.before === ', ' && this.words[this.runFrom(i)]!.after === ',')
  }

  /** « au nom de Zoubida », « chez les Dubreuil ». */
  private followsNameOf(i: number): boolean {
    const [cue, small] = [this.words[i - 2]?.folded, this.words[i - 1]]
    const word = this.words[i]!
    if (!small?.touches || !word.touches || !word.capital || word.acronym) return false
    if (neverNames.has(word.folded) || namedPlaces.has(word.folded)) return false
    const ofName = (cue === 'nom' || cue === 'name') && /^(?:de|d|of)$/.test(small.folded)
    return ofName || (cue === 'chez' && small.lower === 'les')
  }

  private hasSurname(i: number): boolean {
    const next = this.words[i + 1]
    return !!next?.touches && next.capital && !next.acronym && !neverNames.has(next.folded)
  }

  private saysSomething(i: number): boolean {
    const next = this.words[i + 1]
    return !!next && besideVerb.test(next.before) && personVerbs[this.language].has(next.lower)
  }

  /** « rue Jean Jaurès », « l’avenue du Maréchal-Foch »: the street’s name, nobody’s. */
  private isOfPlace(i: number): boolean {
    let at = i - 1
    while (at >= 0 && i - at < 4 && particles.has(this.words[at]!.folded)) at -= 1
    const before = this.words[at]
    if (!before || this.words[i]!.before.trim() !== '') return false
    const article = this.words[i - 1]!
    // « La Rochelle », « Le Havre ».
    if (article.capital && /^l(?:a|e|es)$/.test(article.folded)) return true
    const touching = at === i - 1
    if (touching && things.has(before.folded)) return true
    return namedPlaces.has(before.folded) && (touching || streetLike.has(before.folded))
  }

  /** Known as anybody’s name at all, here or in the lists. */
  private isKnown({ folded, parts }: Word): boolean {
    const part = parts[0]!
    return (
      knownLast.has(folded) ||
      knownFirst.has(part) ||
      this.colleagues('last', part) ||
      this.colleagues('first', part)
    )
  }

  /** Takes in the words that belong to the same name. */
  private runFrom(i: number): number {
    let end = this.afterParticles(i) ?? i
    while (end - i < longestName && this.words[end + 1]?.touches) {
      const next = this.afterParticles(end + 1)
      if (next === undefined) break
      const word = this.words[next]!
      if (word.mixed) break
      // « Marie-Thérèse L. »
      if (word.capital && word.folded.length === 1 && word.after === '.') return next
      if (neverNames.has(word.folded) || isTitle(word)) break
      const quiet = next === end + 1 && !alsoWords.has(word.folded)
      const isName = word.capital
        ? !word.acronym || this.isKnown(word)
        : quiet && !sentenceWords.has(word.folded) && this.isKnown(word)
      if (!isName) break
      end = next
    }
    return end
  }
}

/** No word of a dictionary: its lower case says as much as a capital. */
function isNothingElse({ folded }: Word): boolean {
  const others = [alsoWords, sentenceWords, neverNames, placesAndDates]
  return folded.length >= shortestQuiet && !others.some((words) => words.has(folded))
}

/** « Pierre dit », « Pierre m’a dit », « Rose n’explique pas ». */
const besideVerb = /^[ \u00a0](?:[mlnst]['’])?$/

const streetLike = wordsIn(
  'rue avenue boulevard bd place quai tour impasse allee chemin route cours',
)

const isTitle = (word: Word) => shortTitles.has(word.folded) || longTitles.has(word.folded)
