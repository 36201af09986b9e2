import type { Spot } from './names.spot.ts'
import { folded, wordsIn } from './names.words.ts'

// Contract, file, order, device and licence numbers: whatever an operator’s screens would find
// somebody by. Quantities, prices, hours, dates and product names are none.

/** A number behind one of these, three words at most before it, is a reference. */
const cues = wordsIn(`
  contrat dossier reference ref facture commande ticket client compte badge matricule serie imei
  numero no n abonne identifiant ligne incident intervention sinistre rio pto iban login
  contract case order invoice account number serial customer id file claim reservation
`)
const cueReach = 40

/** Letters, figures and what joins them; each run is looked at once. */
const run = /(?<![\p{L}\p{N}])[\p{L}\p{N}]+(?:[-/_][\p{L}\p{N}]+)*/gu
/** Figures in groups, as on a bill or a card. */
const groups = /(?<![\p{L}\p{N}])\d{2,6}(?:[ \u00a0\u202f]\d{2,6}){1,6}(?![\p{L}\p{N}])/gu
/** ISO 13616: country, two figures, up to thirty signs in groups of four. */
const iban =
  /(?<![\p{L}\p{N}])[A-Za-z]{2}\d{2}(?:[ \u00a0]?[A-Za-z\d]{4}){2,7}(?:[ \u00a0]?\d{1,3}(?!\d))?/gu
/** Since 2009 in France (« AB-123-CD »), since 2010 in Belgium (« 1-ABC-234 »). */
const plates =
  /(?<![\p{L}\p{N}])(?:[A-Z]{2}[- ]?\d{3}[- ]?[A-Z]{2}|\d-[A-Z]{3}-\d{3})(?![\p{L}\p{N}])/gu

const unit =
  /^[ \u00a0\u202f]?(?:€|\$|£|%|°|euros?\b|[kmgt]?b\/s|[kmgt][ob]\b|h\b|min|minutes?\b|heures?\b|hours?\b|jours?\b|days?\b|appels?\b|calls?\b|clients?\b|customers?\b|personnes?\b|people\b|fois\b|times\b|km?\b|mètres?\b)/iu
const date =
  /^(?:\d{1,2}[-/]\d{1,2}[-/](?:\d{2}|\d{4})|(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2}|(?:19|20)\d{2}(?:[-/](?:19|20)?\d{2})?)$/
/** « 3 000 », « 12 345 678 »: a quantity, unless a cue stands before it. */
const thousands = /^\d{1,3}(?:[ \u00a0\u202f.]\d{3})+$/
const time = /^\d{1,2}h\d{2}$/i

/** References in a text; overlapping finds are left to the caller. */
export function spotReferences(text: string): Spot[] {
  const sure = [...text.matchAll(iban), ...text.matchAll(plates)]
  const likely = [...text.matchAll(run), ...text.matchAll(groups)].filter((match) =>
    isReference(match[0], text, match.index),
  )
  return [...sure, ...likely].map(({ 0: found, index }) => ({
    kind: 'reference' as const,
    start: index,
    end: index + found.length,
  }))
}

function isReference(found: string, text: string, start: number): boolean {
  const figures = found.replace(/\D/g, '').length
  if (figures < 4 || date.test(found) || time.test(found)) return false
  if (unit.test(text.slice(start + found.length, start + found.length + 12))) return false
  if (/[€$£]$/.test(text.slice(0, start).trimEnd().slice(-1))) return false
  const hasCue = isCued(text.slice(Math.max(0, start - cueReach), start))
  if (/\p{L}/u.test(found)) return figures >= 5 || (hasCue && figures >= 4)
  if (thousands.test(found) && !hasCue) return false
  return figures >= (hasCue ? 5 : 7)
}

/** Whether one of the last three words before is a cue, in the same sentence. */
function isCued(before: string): boolean {
  const clause = before.split(/[.!?;](?=\s+\p{Lu})|\n/u).at(-1)!
  const words = folded(clause).match(/[a-z]+/g) ?? []
  return words.slice(-3).some((word) => cues.has(word))
}
