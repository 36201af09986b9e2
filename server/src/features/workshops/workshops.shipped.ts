import { readFileSync } from 'node:fs'
import { type Course, courseSchema } from '#shared/workshops/workshops.course.ts'

/** The workshops that ship; a name never changes once shipped. */
export const shippedCourses = ['circle-of-influence', 'half-full-glass'] as const
export type ShippedCourse = (typeof shippedCourses)[number]

const courses = new Map<ShippedCourse, Course>(
  shippedCourses.map((name) => [
    name,
    courseSchema.parse(
      JSON.parse(readFileSync(new URL(`./content/${name}.json`, import.meta.url), 'utf8')),
    ),
  ]),
)

/** A shipped workshop, whole, in French, English and Dutch. */
export function shippedCourse(name: ShippedCourse): Course {
  return courses.get(name)!
}
