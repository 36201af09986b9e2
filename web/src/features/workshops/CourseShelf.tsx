import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import {
  type CourseOnShelf,
  workshopsRoutes as routes,
} from '#shared/workshops/workshops.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import classes from './Courses.module.css'
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
  const { t, i18n } = useTranslation('workshops')
  const language = i18n.language as ContentLanguage
  const params = { course: course.name }
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
      <ul className={classes.ways}>
        <li>
          <Link to="/ateliers/$course/guide" params={params}>
            <strong>{t('guide.title')}</strong>
            <span>{t('shelf.guide')}</span>
          </Link>
        </li>
        <li>
          <Link to="/ateliers/$course/exercices" params={params}>
            <strong>{t('exercises.title')}</strong>
            <span>{t('shelf.exercises')}</span>
          </Link>
        </li>
        <li>
          <Link to="/ateliers/$course/page" params={params}>
            <strong>{t('page.title')}</strong>
            <span>{t('shelf.page')}</span>
          </Link>
        </li>
      </ul>
    </li>
  )
}
