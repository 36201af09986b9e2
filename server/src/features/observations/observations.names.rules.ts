import { createHash } from 'node:crypto'
import type { NameFilter } from '#shared/observations/observations.contract.ts'

/** Of words that are in nobody’s name, one in two thousand passes all the same. */
const falsePositives = 1 / 2_000
/** Bytes. The textbook’s odds hold for large fields only: in a small one any word meets others. */
const smallestField = 256
/** « de », « Le »: in half the sentences anybody writes. */
const shortestWord = 3
/** As the device does: what one block of SHA-256 holds. */
const longestWord = 14

/**
 * The words in people’s names as a Bloom filter, which tells whether a word is among them and never
 * lists them. Words stand alone: it does not tell who bears which first name with which surname.
 * Sized by the textbook: −n·ln p / (ln 2)² bits, −log₂ p of them for each word.
 */
export function nameFilter(
  people: readonly { firstName: string; lastName: string }[],
  salt: string,
): NameFilter {
  const keys = new Set(
    people.flatMap(({ firstName, lastName }) => [
      ...partsOf(firstName).map((part) => `f${part}`),
      ...partsOf(lastName).map((part) => `l${part}`),
    ]),
  )
  const fitting = Math.ceil((-keys.size * Math.log(falsePositives)) / Math.log(2) ** 2 / 8)
  const bytes = keys.size > 0 ? Math.max(fitting, smallestField) : 0
  const hashes = Math.round(-Math.log2(falsePositives))
  const field = Buffer.alloc(bytes)
  for (const key of keys) {
    const digest = createHash('sha256').update(`${salt}${key}`).digest()
    const first = digest.readUInt32BE(0)
    const step = (digest.readUInt32BE(4) | 1) >>> 0
    for (let i = 0; i < hashes; i += 1) {
      const bit = (first + i * step) % (bytes * 8)
      field[bit >> 3]! |= 1 << (bit & 7)
    }
  }
  return { salt, hashes, bits: field.toString('base64') }
}

/** « Ould-Amar », « Le Goff » → « ould », « amar », « goff »: as the device takes words apart. */
function partsOf(name: string): string[] {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .split(/[^\p{L}]+/u)
    .filter((part) => part.length >= shortestWord)
    .map((part) => part.slice(0, longestWord))
}
