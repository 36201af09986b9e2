import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import type { CourseOnShelf } from '#shared/workshops/workshops.contract.ts'
import classes from './CourseChoice.module.css'
import { PageDrawing } from './PageDrawing.tsx'
import { minutesIn, told } from './workshops.told.ts'

/** Which course it is to be: cards with their drawing, native radio buttons underneath. */
export function CourseChoice({
  courses,
  chosen,
  onChoose,
}: {
  courses: CourseOnShelf[]
  chosen: CourseOnShelf | undefined
  onChoose: (course: CourseOnShelf) => void
}) {
  const { t, i18n } = useTranslation('workshops')
  const language = i18n.language as ContentLanguage
  const name = useId()
  return (
    <fieldset>
      <legend className={classes.legend}>{t('new.which')}</legend>
      <div className={classes.cards}>
        {courses.map((course) => (
          <label key={course.name} className={classes.card}>
            <input
              type="radio"
              name={name}
              checked={course.name === chosen?.name}
              onChange={() => onChoose(course)}
            />
            <span className={classes.picture}>
              <PageDrawing drawing={course.drawing} />
            </span>
            <span className={classes.words}>
              <strong>{told(course.title, language)}</strong>
              <span>{told(course.promise, language)}</span>
              <span className={classes.minutes}>{minutesIn(course.minutes, language)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
