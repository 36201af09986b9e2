import type { FastifyInstance } from 'fastify'
import { implement } from '#server/platform/http/routing.ts'
import { refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { workshopsRoutes as routes } from '#shared/workshops/workshops.contract.ts'
import { courseHeadings, isShipped, shippedCourse, shippedCourses } from './workshops.shipped.ts'

export function workshopsFeature(app: FastifyInstance, services: Services): void {
  implement(app, services, routes.courses, async () => {
    return shippedCourses.map((name) => {
      const { title, promise, steps, page } = shippedCourse(name)
      const minutes = steps.reduce((sum, step) => sum + step.minutes, 0)
      return { name, title, promise, minutes, drawing: page.drawing }
    })
  })

  implement(app, services, routes.course, async ({ params }) => {
    if (!isShipped(params.course)) return refuse('not-found')
    return { headings: courseHeadings, course: shippedCourse(params.course) }
  })
}
