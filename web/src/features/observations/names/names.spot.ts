import type { Language } from '#shared/vocabulary/language.ts'
import { spotAddresses } from './names.addresses.ts'
import { spotMails } from './names.mails.ts'
import { spotPersons } from './names.persons.ts'
import { spotPhones } from './names.phones.ts'
import { spotReferences } from './names.references.ts'

export type SpotKind = 'phone' | 'mail' | 'address' | 'reference' | 'person'

/** A piece that may tell who somebody is; `start` and `end` count UTF-16 units, as `slice` does. */
export interface Spot {
  kind: SpotKind
  start: number
  end: number
}

/** What this device knows of the region’s people: whether a folded word is part of a name. */
export type Colleagues = (part: 'first' | 'last', word: string) => boolean

/** On a device that was never told: names of colleagues are found like anybody else’s. */
export const nobodyKnown: Colleagues = () => false

/**
 * Phone numbers, mail addresses, postal addresses, references and names of people in a text, in its
 * order, never overlapping. Pure and in linear time: runs at each keystroke, with no network.
 * Numbers dictated in words (« zéro six douze ») are not looked for.
 */
export function spot(
  text: string,
  language: Language,
  colleagues: Colleagues = nobodyKnown,
): Spot[] {
  const found = [
    ...spotPhones(text),
    ...spotMails(text),
    ...spotAddresses(text),
    ...spotReferences(text),
    ...spotPersons(text, language, colleagues),
  ]
  return withoutOverlaps(found, text.length)
}

/** The longer of two that overlap stays; of equals, the one found first. */
function withoutOverlaps(found: Spot[], length: number): Spot[] {
  const taken = new Uint8Array(length)
  const kept = found
    .toSorted((a, b) => b.end - b.start - (a.end - a.start))
    .filter(({ start, end }) => {
      if (taken.subarray(start, end).includes(1)) return false
      taken.fill(1, start, end)
      return true
    })
  return kept.toSorted((a, b) => a.start - b.start)
}
