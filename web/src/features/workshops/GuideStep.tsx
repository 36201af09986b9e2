import type { InLanguage } from './CoursePage.tsx'
import { ExerciseText } from './ExerciseText.tsx'
import classes from './Guide.module.css'
import { minutesIn, rangeIn, type Stretch, told } from './workshops.told.ts'

/** Where the line of the hour leads. */
export const anchorOf = ({ number }: Stretch) => `etape-${number}`

/** One step of the hour, as whoever leads it needs it: what to do, what to say, what to mind. */
export function GuideStep({
  stretch,
  headings,
  language,
  id,
}: { stretch: Stretch; id: string | undefined } & Omit<InLanguage, 'course'>) {
  const { step, number } = stretch
  return (
    <section className={classes.step} id={id}>
      <header className={classes.stepHead}>
        <span className={classes.number} aria-hidden>
          {number}
        </span>
        <div>
          <h2>{told(step.title, language)}</h2>
          <p className={classes.when}>
            <strong>{minutesIn(step.minutes, language)}</strong>
            <span>{rangeIn(stretch, language)}</span>
          </p>
        </div>
      </header>
      <p className={classes.aim}>{told(step.aim, language)}</p>
      <ol className={classes.doing}>
        {step.facilitator.map((line) => (
          <li key={told(line, language)}>{told(line, language)}</li>
        ))}
      </ol>
      {step.aloud.length > 0 && (
        <div className={classes.aloud}>
          <h3>{told(headings.aloud, language)}</h3>
          {step.aloud.map((line) => (
            <p key={told(line, language)}>{told(line, language)}</p>
          ))}
        </div>
      )}
      {step.exercise && (
        <div className={classes.exercise}>
          <h3>
            <span>{told(headings.exercise, language)}</span> {told(step.exercise.title, language)}
          </h3>
          <ExerciseText exercise={step.exercise} headings={headings} language={language} />
        </div>
      )}
      {step.care && (
        <div className={classes.care}>
          <h3>{told(headings.care, language)}</h3>
          <p>{told(step.care, language)}</p>
        </div>
      )}
    </section>
  )
}
