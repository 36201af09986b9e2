import {
  type Kit,
  type KitLine,
  type KitSection,
  kitSections,
  titledSections,
} from '#shared/kits/kits.vocabulary.ts'

/** What a region wrote in one part; `lines` null after going back to what ships. */
export interface WrittenPart {
  section: KitSection
  lines: KitLine[] | null
  /** The shipped lines of the moment it was written. */
  replaced: KitLine[]
}

/** A kit as people read it: the region's words where it has some, what ships elsewhere. */
export function readKit(shipped: Kit | undefined, written: WrittenPart[]): Kit {
  const own = new Map(written.map((part) => [part.section, part.lines]))
  return Object.fromEntries(
    kitSections.map((section) => [section, own.get(section) ?? shipped?.[section] ?? []]),
  ) as Kit
}

/** Lines as they are kept: none empty, titles only where a part has them. */
export function tidyLines(section: KitSection, lines: KitLine[]): KitLine[] {
  const titled = titledSections.some((one) => one === section)
  return lines
    .map(({ title, text }) => ({ title: titled ? title : '', text }))
    .filter(({ title, text }) => title !== '' || text !== '')
}

export const sameLines = (a: KitLine[], b: KitLine[]): boolean =>
  a.length === b.length &&
  a.every((line, at) => line.title === b[at]?.title && line.text === b[at]?.text)

/** Whether the text a part replaces has changed since: the region may want some of it. */
export const isBehind = (part: WrittenPart, shipped: KitLine[]): boolean =>
  part.lines !== null && !sameLines(part.replaced, shipped)

/** A kit that says nothing at all is none. */
export const isEmptyKit = (kit: Kit): boolean =>
  kitSections.every((section) => kit[section].length === 0)
