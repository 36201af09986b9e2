import type { Spot } from './names.spot.ts'

/** RFC 5321 4.5.3.1: nothing longer can be delivered, and looking further would take long. */
const longestLocal = 64
const longestDomain = 255

const local = /[\p{L}\p{N}.!#$%&’'*+/=?^_`{|}~-]+$/u
const domain = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u

/** Mail addresses, found from their « @ » outwards. */
export function spotMails(text: string): Spot[] {
  const spots: Spot[] = []
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const before = local.exec(text.slice(Math.max(0, at - longestLocal), at))
    const after = domain.exec(text.slice(at + 1, at + 1 + longestDomain))
    if (before && after) {
      spots.push({ kind: 'mail', start: at - before[0].length, end: at + 1 + after[0].length })
    }
  }
  return spots
}
