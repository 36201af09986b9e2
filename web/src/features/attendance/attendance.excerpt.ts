import {
  type Kit,
  type KitLine,
  type KitSection,
  kitSections,
} from '#shared/kits/kits.vocabulary.ts'

/** What one needs with a headset on or at somebody’s door comes first, what was for home last. */
const priority: readonly KitSection[] = [
  'notice',
  'refusal',
  'safety',
  'dos',
  'donts',
  'script',
  'anger',
  'look',
  'bring',
  'dress',
  'closes',
  'opens',
  'hours',
  'story',
  'before',
  'after',
]

/** Letters in a line of half an A4 page at the size of the printed sheet, the last word counted. */
const lettersPerLine = 60

/**
 * Lines the two columns of the sheet hold under its head, headings counted as two. Measured in
 * Chromium, with a tenth left for browsers that set type wider.
 */
export const linesOnPaper = 108

/**
 * A kit cut down to one page beside everything else: parts by their weight while there is room, of a very
 * long one its first lines.
 */
export function onPaper(kit: Kit, lines: number): Kit {
  let left = lines
  const cut = new Map<KitSection, KitLine[]>()
  for (const section of priority) {
    // A part of a third of a page and more would push out what others need to know.
    let room = lines / 3 - heading
    const fitting = kit[section].filter((line) => {
      room -= linesOf(line)
      return room >= 0
    })
    const cost = fitting.reduce((sum, line) => sum + linesOf(line), heading)
    if (fitting.length === 0 || cost > left) continue
    cut.set(section, fitting)
    left -= cost
  }
  return Object.fromEntries(kitSections.map((section) => [section, cut.get(section) ?? []])) as Kit
}

/** Whether something of a kit did not come onto the paper. */
export const isCut = (kit: Kit, paper: Kit): boolean =>
  kitSections.some((section) => paper[section].length < kit[section].length)

/** A heading and the space above it. */
const heading = 2

const linesOf = ({ title, text }: KitLine): number =>
  Math.ceil((title.length + text.length + 2) / lettersPerLine)
