import { knownFirst } from './names.persons.ts'
import type { Spot } from './names.spot.ts'
import { folded } from './names.words.ts'

// A street alone is a place; a number in it is somebody’s home.

const gap = '[ \\u00a0\\u202f]{1,2}'
const number =
  '(?<![\\p{L}\\p{N}.,/-])\\d{1,4}(?:[ \\u00a0]?(?:bis|ter|quater|[A-Da-d])(?!\\p{L}))?'
/** Words of a street’s name: small ones, then capitals and figures (« du 11-Novembre »). */
const small = `(?:(?:de|du|des|la|le|les|aux?|et)${gap}|[dl]['’])`
const capital = "(?:\\p{Lu}[\\p{L}\\p{N}'’.-]{0,30}|\\d{1,2}(?:er)?[ -]\\p{L}{3,9}(?:[ -]\\d{4})?)"
const streetName = `${small}{0,3}${capital}(?:${gap}${small}{0,3}${capital}){0,4}`
/** Streets in lower case, as phones write them: « 12 rue des lilas ». */
const quietName = `${small}{1,3}[\\p{L}-]{3,30}`
/** « 5 rue victor hugo »: quiet, and only a street where the first word is a first name. */
const personName = `(?<first>\\p{Ll}[\\p{L}-]{2,30})${gap}[\\p{L}-]{3,30}`
const town = `\\p{Lu}[\\p{L}'’-]{1,30}(?:${gap}(?:de${gap}|la${gap})?\\p{Lu}[\\p{L}'’-]{1,30}){0,2}`

/** « Rue » as well as « rue », while the name behind keeps its capitals. */
const eitherCase = (words: string) =>
  words.replace(/(^|\|)(\p{L})/gu, (_, bar, first) => `${bar}[${first}${first.toUpperCase()}]`)

const sureStreet = eitherCase(
  'rue|avenue|av\\.?|boulevard|bd\\.?|bld\\.?|allées?|impasse|chemin|route|rte\\.?|quai',
)
const otherStreet = eitherCase(
  'place|pl\\.?|cours|square|passage|faubourg|fbg\\.?|esplanade|promenade|sentier|voie|hameau|cité|lotissement|résidence|villa',
)
/** « , bât. C », « , 33600 Pessac », « à Pau » behind a French street. */
const frenchRest =
  `(?:,?${gap}(?:bât(?:iment)?|esc(?:alier)?|appt?|appartement|étage|porte)\\.?${gap}[\\p{L}\\p{N}]{1,6})*` +
  `(?:,?${gap}(?:B-|F-)?\\d{4,5}${gap}${town}|${gap}à${gap}${town})?`

/** « Appartement 12, » before a number, « Flat 3, ». */
const door = `(?:(?<!\\p{L})(?:[Aa]ppt?|[Aa]ppartement|[Bb]ât(?:iment)?|[Ff]lat|[Aa]pt|[Uu]nit)\\.?${gap}[\\p{L}\\d]{1,5},?${gap})?`

const french = new RegExp(
  `${door}${number},?${gap}(?:(?:${sureStreet}|${otherStreet})${gap}${streetName}|(?:${sureStreet})${gap}${quietName})${frenchRest}`,
  'gu',
)

/** Hamlets have no streets: « lieu-dit Larrouy, 40250 Mugron ». */
const hamlet = new RegExp(
  `(?<!\\p{L})(?:[Ll]ieu[- ]dit|[Hh]ameau)${gap}${streetName}${frenchRest}`,
  'gu',
)

const quietFrench = new RegExp(`${number},?${gap}(?:${sureStreet})${gap}${personName}`, 'gu')

const englishStreet =
  '(?:street|st|road|rd|avenue|ave|lane|ln|drive|close|court|terrace|crescent|gardens|mews|row|square|way|hill|grove|park)'
const englishName = `(?:\\p{Lu}[\\p{L}'’-]{0,30}${gap}){1,3}`
const capitalised = englishStreet.replace(/\b[a-z](?=[a-z])/g, (letter) => letter.toUpperCase())
const english = new RegExp(
  `${door}(?<![\\p{L}\\p{N}.,/-])\\d{1,5}[A-Za-z]?,?${gap}` +
    `(?:${englishName}${capitalised}|[a-z]{3,20}${gap}(?:street|road|avenue|lane))(?![\\p{L}\\p{N}])` +
    `(?:,${gap}${town})?(?:,?${gap}[A-Z]{1,2}\\d[A-Z\\d]?${gap}\\d[A-Z]{2}(?!\\p{L}))?`,
  'gu',
)

/** Postal addresses in their French, Belgian and English forms: a number and a named street. */
export function spotAddresses(text: string): Spot[] {
  const ofPersons = [...text.matchAll(quietFrench)].filter(({ groups }) =>
    knownFirst.has(folded(groups!.first!)),
  )
  const plain = [french, hamlet, english].flatMap((form) => [...text.matchAll(form)])
  return [...plain, ...ofPersons].map((match) => ({
    kind: 'address' as const,
    start: match.index,
    end: match.index + match[0].replace(/[.,]+$/, '').length,
  }))
}
