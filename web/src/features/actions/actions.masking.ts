/** A piece of a sentence; only words can be masked, and not what is a mask already. */
export interface Piece {
  text: string
  isWord: boolean
}

/** A mask, or a run of letters with what joins them: « Jean-Paul », « l’Atlantique ». */
const mask = /\[[^\]]*\]/u
const pieces = /(\[[^\]]*\]|\p{L}[\p{L}\p{M}\p{N}]*(?:[-’'][\p{L}\p{M}\p{N}]+)*)/u

/** A sentence cut into words and what stands between them; put together again it is the same. */
export const piecesOf = (words: string): Piece[] =>
  words
    .split(pieces)
    .map((text, place) => ({ text, isWord: place % 2 === 1 && !mask.test(text) }))
    .filter(({ text }) => text !== '')

/** The sentence without the words at these places; words side by side leave one mask. */
export function maskedAt(
  all: readonly Piece[],
  hidden: ReadonlySet<number>,
  label: string,
): string {
  let said = ''
  for (const [place, { text, isWord }] of all.entries()) {
    const isGap = !isWord && /^\s+$/u.test(text) && hidden.has(place - 1) && hidden.has(place + 1)
    if (isGap) continue
    if (!hidden.has(place)) said += text
    else if (!hidden.has(place - 2) || !/^\s+$/u.test(all[place - 1]?.text ?? '')) said += label
  }
  return said
}
