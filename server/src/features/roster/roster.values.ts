import { z } from 'zod'
import type { SiteKind } from '#shared/roster/roster.vocabulary.ts'

/** Lower case, no accents, punctuation as single spaces: « N° Matricule » and "n matricule" are one. */
export function fold(text: string): string {
  return text
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'OE')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** One composed form, no invisible characters, every run of spaces (also non-breaking, line ends) as one. */
export function clean(cell: string): string {
  return cell
    .normalize('NFC')
    .replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '')
    .replace(/[\s\u00A0\u202F\p{Cc}]+/gu, ' ')
    .trim()
}

/** Words that people whose name is written in both cases may well write small: « de Villiers ». */
const particles = new Set(
  'de du des la le les van von der den ten ter da das dos di del della el al y e et zu'.split(' '),
)

/**
 * A name for the screen. A name all in capitals or all in small letters gets a capital per part
 * (« LE GALL » → « Le Gall », « D'ALMEIDA » → « D'Almeida »). Written in both cases it is somebody's
 * own spelling and stays (« McKay », « de Villiers »), except small parts that are no particle:
 * « Da silva » → « Da Silva ».
 */
export function displayName(cell: string): string {
  const name = clean(cell)
  const capital = (part: string) => part.replace(/^\p{L}/u, (letter) => letter.toUpperCase())
  const parts = name.split(/([\s\-'’.]+)/)
  const oneCase = name === name.toUpperCase() || name === name.toLowerCase()
  if (oneCase) return parts.map((part) => capital(part.toLowerCase())).join('')
  return parts
    .map((part, index) => {
      const elided = part.length === 1 && /^['’]/.test(parts[index + 1] ?? '')
      return particles.has(part) || elided ? part : capital(part)
    })
    .join('')
}

const emailSchema = z.email().max(254)

/** A mail address in lower case without what Outlook adds around it; null when it is none. */
export function readEmail(cell: string): string | null {
  const bare = clean(cell)
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1')
    .toLowerCase()
  return emailSchema.safeParse(bare).success ? bare : null
}

/** Employee numbers and site codes compare without case; spaces between digits and a `.0` are a spreadsheet's. */
export function readCode(cell: string): string {
  return clean(cell)
    .toUpperCase()
    .replace(/(?<=\d) (?=\d)/g, '')
    .replace(/^(\d+)[.,]0$/, '$1')
}

/**
 * A phone number as it is dialled: pairs for French national numbers, digits after a + otherwise.
 * Nine digits without a leading zero lost it in a spreadsheet. Null when it cannot be one.
 */
export function readPhone(cell: string): string | null {
  const text = clean(cell).replace(/\(0\)/, '')
  if (!/^(\+|00)?[\d\s().\-/]+$/.test(text)) return null
  let digits = text.replace(/\D/g, '')
  if (text.startsWith('+') || digits.startsWith('00')) {
    digits = digits.replace(/^00/, '')
    if (!/^33[1-9]\d{8}$/.test(digits))
      return digits.length >= 7 && digits.length <= 15 ? `+${digits}` : null
    digits = `0${digits.slice(2)}`
  }
  if (/^[1-9]\d{8}$/.test(digits)) digits = `0${digits}`
  if (/^0[1-9]\d{8}$/.test(digits)) return digits.replace(/(?<=\d)(?=(\d\d)+$)/g, ' ')
  return digits.length >= 3 && digits.length <= 15 ? digits : null
}

/** Decimal degrees with a comma or a point, and a true minus sign or a hyphen. Null when no number. */
export function readDegrees(cell: string): number | null {
  const text = clean(cell).replace('−', '-').replace(',', '.').replace(/°$/, '').trim()
  return /^[+-]?\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : null
}

const kindWords: Record<SiteKind, RegExp> = {
  plateau:
    /\b(plateaux?|plateforme|centres? (d )?appels?|call ?cent(er|re)s?|contact cent(er|re)|centre (de )?relation client)\b/,
  intervention: /\b(intervention|ui|field base|field|depot|technique|unite)\b/,
  boutique: /\b(boutiques?|shops?|stores?|magasins?|points? de vente|retail|agence)\b/,
  bureaux: /\b(bureaux?|offices?|siege|headquarters|tertiaire|administratif|direction)\b/,
}

/** The kind of a site from its French or English word; null when unknown. */
export function readSiteKind(cell: string): SiteKind | null {
  const text = fold(cell)
  return (Object.keys(kindWords) as SiteKind[]).find((kind) => kindWords[kind].test(text)) ?? null
}

/** What spreadsheet programs show for a broken formula, in English and French. */
const errorCells =
  /^#(n\/a|n\/d|ref!|name\?|nom\s?\?|value!|valeur!|div\/0!|null!|nul!|num!|nombre!)$/i

export function isCellError(cell: string): boolean {
  return errorCells.test(cell.trim())
}

/** A cell a spreadsheet program would run as a formula; a number or a phone number is none. */
export function looksLikeFormula(cell: string): boolean {
  const text = clean(cell)
  return /^[=+\-@]/.test(text) && readDegrees(text) === null && readPhone(text) === null
}
