import type { ContentLanguage, Wording } from '#shared/vocabulary/content-language.ts'
import type { Course } from '#shared/workshops/workshops.course.ts'

/** A text in the language it is read in; empty where the course is not written in it. */
export const told = (wording: Wording, language: ContentLanguage): string => wording[language] ?? ''

/** Each step of a course with when it begins and ends, in minutes from the start of its hour. */
export function stretches({ steps }: Course) {
  let now = 0
  return steps.map((step, place) => {
    const from = now
    now += step.minutes
    return { step, number: place + 1, from, until: now }
  })
}
export type Stretch = ReturnType<typeof stretches>[number]

/** « 5 min », as the language writes it. */
export const minutesIn = (minutes: number, language: ContentLanguage): string =>
  unitIn(language).format(minutes)

/** « 5–13 min »: a stretch of the hour. */
export const rangeIn = ({ from, until }: Stretch, language: ContentLanguage): string =>
  unitIn(language).formatRange(from, until)

const unitIn = (language: ContentLanguage) =>
  new Intl.NumberFormat(language, { style: 'unit', unit: 'minute' })

/**
 * A label set in lines for a drawing: broken after a colon, then between words.
 * @param longest of a line, in characters; a longer word stays whole.
 */
export function linesOf(label: string, longest: number): string[] {
  return label.split(/\s*:\s*/u).flatMap((part) => {
    const lines: string[] = []
    for (const word of part.split(' ')) {
      const last = lines.at(-1)
      if (last !== undefined && last.length + 1 + word.length <= longest) {
        lines[lines.length - 1] = `${last} ${word}`
      } else lines.push(word)
    }
    return lines
  })
}
