import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import {
  type CourseOnShelf,
  workshopsRoutes as routes,
} from '#shared/workshops/workshops.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import classes from './Courses.module.css'
import { CourseWays } from './CourseWays.tsx'
import { PageDrawing } from './PageDrawing.tsx'
import { minutesIn, told } from './workshops.told.ts'

/** The courses one can lead, each with its guide, its exercises and its page. */
export function CourseShelf() {
  const courses = useQuery(queryFor(routes.courses))
  return (
    <Answered query={courses} shape="cards">
      {(all) => (
        <ul className={classes.shelf}>
          {all.map((course) => (
            <CourseCard key={course.name} course={course} />
          ))}
        </ul>
      )}
    </Answered>
  )
}

function CourseCard({ course }: { course: CourseOnShelf }) {
  const { i18n } = useTranslation('workshops')
  const language = i18n.language as ContentLanguage
  return (
    <li className={classes.course}>
      <div className={classes.head}>
        <div className={classes.words}>
          <p className={classes.minutes}>{minutesIn(course.minutes, language)}</p>
          <h2>{told(course.title, language)}</h2>
          <p>{told(course.promise, language)}</p>
        </div>
        <div className={classes.picture}>
          <PageDrawing drawing={course.drawing} />
        </div>
      </div>
      <CourseWays course={course.name} />
    </li>
  )
}
