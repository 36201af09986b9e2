import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import classes from './CourseWays.module.css'

/** Where a course is read; the guide first, which is read the day before and open on the table. */
export function CourseWays({
  course,
  language,
  ledBy,
}: {
  course: string
  language?: ContentLanguage
  /** The token of the facilitator’s page it is read from. */
  ledBy?: string
}) {
  const { t } = useTranslation('workshops')
  const way = {
    params: { course },
    search: language ? { langue: language } : {},
    state: ledBy ? { ledBy } : {},
  }
  return (
    <ul className={classes.ways}>
      <li>
        <Link to="/ateliers/$course/guide" {...way}>
          <strong>{t('guide.title')}</strong>
          <span>{t('shelf.guide')}</span>
        </Link>
      </li>
      <li>
        <Link to="/ateliers/$course/exercices" {...way}>
          <strong>{t('exercises.title')}</strong>
          <span>{t('shelf.exercises')}</span>
        </Link>
      </li>
      <li>
        <Link to="/ateliers/$course/page" {...way}>
          <strong>{t('page.title')}</strong>
          <span>{t('shelf.page')}</span>
        </Link>
      </li>
    </ul>
  )
}
