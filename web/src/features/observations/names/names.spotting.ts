import type { NameFilter } from '#shared/observations/observations.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { type MaskWords, mask, maskAll } from './names.mask.ts'
import { colleaguesIn } from './names.roster.ts'
import { type Spot, spot } from './names.spot.ts'

/** Everything a screen needs of this folder, for one region and one reader. */
export interface Spotting {
  spotsIn(text: string): Spot[]
  mask(text: string, one: Spot): string
  maskAll(text: string): string
}

/** `words` stand for what is taken out, in the reader’s language. */
export function spottingFor(filter: NameFilter, language: Language, words: MaskWords): Spotting {
  const colleagues = colleaguesIn(filter)
  return {
    spotsIn: (text) => spot(text, language, colleagues),
    mask: (text, one) => mask(text, one, words),
    maskAll: (text) => maskAll(text, language, colleagues, words),
  }
}
