import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import type { CourseHeadings } from '#shared/workshops/workshops.contract.ts'
import type { Course } from '#shared/workshops/workshops.course.ts'
import classes from './Exercise.module.css'
import { told } from './workshops.told.ts'

export type Exercise = NonNullable<Course['steps'][number]['exercise']>

/** An exercise as its group reads it: what to do, then what to work on. */
export function ExerciseText({
  exercise,
  headings,
  language,
}: {
  exercise: Exercise
  headings: CourseHeadings
  language: ContentLanguage
}) {
  const { alone, instructions, situations } = exercise
  return (
    <>
      <p className={classes.company}>
        {told(alone ? headings.alone : headings.together, language)}
      </p>
      <ol className={classes.instructions}>
        {instructions.map((line) => (
          <li key={told(line, language)}>{told(line, language)}</li>
        ))}
      </ol>
      {situations.length > 0 && (
        <>
          <p className={classes.heading}>{told(headings.situations, language)}</p>
          <ul className={classes.situations}>
            {situations.map((line) => (
              <li key={told(line, language)}>{told(line, language)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
