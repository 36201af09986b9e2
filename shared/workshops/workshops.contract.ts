import { z } from 'zod'
import { route } from '../contract.ts'
import { wording } from '../vocabulary/content-language.ts'
import { line } from '../vocabulary/line.ts'
import { courseSchema, pageDrawings } from './workshops.course.ts'

const heading = wording(60)

/** What stands above the parts of a guide and its sheets: said in the course's language, not the screen's. */
export const courseHeadingsSchema = z.object({
  guide: heading,
  before: heading,
  hour: heading,
  /** Why some of the hour's line is orange. */
  working: heading,
  aloud: heading,
  exercise: heading,
  alone: heading,
  together: heading,
  situations: heading,
  care: heading,
  hardMoments: heading,
  techniques: heading,
  example: heading,
})
export type CourseHeadings = z.infer<typeof courseHeadingsSchema>

const courseOnShelfSchema = z.object({
  name: z.string(),
  title: wording(60),
  promise: wording(200),
  minutes: z.number(),
  drawing: z.enum(pageDrawings),
})
export type CourseOnShelf = z.infer<typeof courseOnShelfSchema>

const readCourseSchema = z.object({ headings: courseHeadingsSchema, course: courseSchema })
export type ReadCourse = z.infer<typeof readCourseSchema>

/** Open to anybody: courses name nobody, and a facilitator has a link, not an account. */
export const workshopsRoutes = {
  courses: route({
    method: 'GET',
    path: '/api/courses',
    summary: 'The workshops one can lead, with what each promises',
    access: 'public',
    response: z.array(courseOnShelfSchema),
  }),
  course: route({
    method: 'GET',
    path: '/api/courses/:course',
    summary: 'A workshop to lead: its hour, its exercises and its page, in every language',
    access: 'public',
    params: z.object({ course: line(60) }),
    response: readCourseSchema,
    refusals: ['not-found'],
  }),
}
