import { Button } from '@mantine/core'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Paper } from '../../ui/Paper.tsx'
import { CoursePage, type InLanguage } from './CoursePage.tsx'
import classes from './Exercise.module.css'
import { ExerciseText } from './ExerciseText.tsx'
import { PaperHead } from './PaperHead.tsx'
import { minutesIn, told } from './workshops.told.ts'

/** What each group has before it: one sheet an exercise, without anything of the guide. */
export function ExercisesPage() {
  const { t } = useTranslation('workshops')
  return (
    <CoursePage
      title={t('exercises.title')}
      lead={t('exercises.lead')}
      print={t('exercises.print')}
    >
      {(read) => <Sheets {...read} />}
    </CoursePage>
  )
}

function Sheets({ course, headings, language }: InLanguage) {
  const { t } = useTranslation('workshops')
  /** The only sheet to print, by its place; all of them when none is chosen. */
  const [only, setOnly] = useState<number>()
  const sheets = course.steps.flatMap(({ exercise, minutes }) =>
    exercise ? [{ exercise, minutes, title: told(exercise.title, language) }] : [],
  )
  const printOne = (place: number) => {
    // The paper must be the right one before the browser takes its picture.
    flushSync(() => setOnly(place))
    window.print()
    setOnly(undefined)
  }
  return (
    <>
      <div className={classes.sheets}>
        {sheets.map(({ exercise, minutes, title }, place) => (
          <article key={title} className={classes.sheet}>
            <div className={classes.sheetHead}>
              <div lang={language}>
                <h2>{title}</h2>
                <p className={classes.minutes}>{minutesIn(minutes, language)}</p>
              </div>
              <Button
                variant="default"
                aria-label={t('exercises.printOneOf', { title })}
                onClick={() => printOne(place)}
              >
                {t('exercises.printOne')}
              </Button>
            </div>
            <div className={classes.words} lang={language}>
              <ExerciseText exercise={exercise} headings={headings} language={language} />
            </div>
          </article>
        ))}
      </div>
      <Paper>
        {sheets
          .filter((_, place) => only === undefined || place === only)
          .map(({ exercise, title }) => (
            <article key={title} className={classes.paper} lang={language}>
              <PaperHead kicker={told(course.title, language)} title={title} />
              <ExerciseText exercise={exercise} headings={headings} language={language} />
            </article>
          ))}
      </Paper>
    </>
  )
}
