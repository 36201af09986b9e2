import { readFileSync } from 'node:fs'
import type { Wording } from '#shared/vocabulary/content-language.ts'
import { type CourseHeadings, courseHeadingsSchema } from '#shared/workshops/workshops.contract.ts'
import { type Course, courseSchema } from '#shared/workshops/workshops.course.ts'

/** The workshops that ship; a name never changes once shipped. */
export const shippedCourses = ['circle-of-influence', 'half-full-glass'] as const
export type ShippedCourse = (typeof shippedCourses)[number]

const content = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./content/${name}.json`, import.meta.url), 'utf8'))

const courses = new Map<ShippedCourse, Course>(
  shippedCourses.map((name) => [name, courseSchema.parse(content(name))]),
)

/** What stands above the parts of every guide and sheet, in French, English and Dutch. */
export const courseHeadings: CourseHeadings = courseHeadingsSchema.parse(content('headings'))

/** Whether a name of an address is that of a workshop that ships. */
export const isShipped = (name: string): name is ShippedCourse =>
  shippedCourses.some((one) => one === name)

/** A shipped workshop, whole, in French, English and Dutch. */
export function shippedCourse(name: ShippedCourse): Course {
  return courses.get(name)!
}

/** What the course of a workshop is called, by language. */
export const courseTitle = (course: string) =>
  isShipped(course) ? shippedCourse(course).title : {}

/** What it promises, by language. */
export const coursePromise = (course: string): Wording =>
  isShipped(course) ? shippedCourse(course).promise : {}
