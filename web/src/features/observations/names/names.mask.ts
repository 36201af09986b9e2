import type { Language } from '#shared/vocabulary/language.ts'
import { type Colleagues, type Spot, type SpotKind, spot } from './names.spot.ts'

/** What stands in the place of each kind, as « [nom] ». */
export type MaskWords = Readonly<Record<SpotKind, string>>

/** The text with one piece replaced. */
export const mask = (text: string, one: Spot, words: MaskWords): string =>
  `${text.slice(0, one.start)}${words[one.kind]}${text.slice(one.end)}`

/** More rounds than this would mean that the words themselves are spotted. */
const mostRounds = 20

/** The text with everything replaced, also what only shows once its neighbour is gone. */
export function maskAll(
  text: string,
  language: Language,
  colleagues: Colleagues,
  words: MaskWords,
): string {
  let masked = text
  for (let round = 0; round < mostRounds; round += 1) {
    const found = spot(masked, language, colleagues)
    if (found.length === 0) break
    masked = found.reduceRight((whole, one) => mask(whole, one, words), masked)
  }
  return masked
}
