import type { NameFilter } from '#shared/observations/observations.contract.ts'
import { sha256 } from '../observations.secret.ts'
import type { Colleagues } from './names.spot.ts'

/** Longer words are told by their beginning, so that one block of SHA-256 holds them. */
const longestWord = 14

/** Reads the region’s filter (Bloom 1970); each word is hashed once, however often one types on. */
export function colleaguesIn({ salt, hashes, bits }: NameFilter): Colleagues {
  const field = Uint8Array.from(atob(bits), (letter) => letter.charCodeAt(0))
  const size = field.length * 8
  const told = new Map<string, boolean>()

  function isIn(key: string): boolean {
    if (size === 0) return false
    const digest = new DataView(sha256(`${salt}${key}`).buffer)
    const first = digest.getUint32(0)
    // Odd, so that its steps do not soon meet themselves in a field of whole bytes.
    const step = (digest.getUint32(4) | 1) >>> 0
    for (let i = 0; i < hashes; i += 1) {
      // Two hashes make all others (Kirsch and Mitzenmacher 2006).
      const bit = (first + i * step) % size
      if (!(field[bit >> 3]! & (1 << (bit & 7)))) return false
    }
    return true
  }

  return (part, word) => {
    const key = `${part[0]}${word.slice(0, longestWord)}`
    const known = told.get(key) ?? isIn(key)
    told.set(key, known)
    return known
  }
}
