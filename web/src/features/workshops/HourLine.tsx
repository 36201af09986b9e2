import { Link } from '@tanstack/react-router'
import type { CSSProperties } from 'react'
import type { InLanguage } from './CoursePage.tsx'
import { anchorOf } from './GuideStep.tsx'
import classes from './HourLine.module.css'
import { useLed } from './workshops.led.ts'
import { minutesIn, rangeIn, stretches, told } from './workshops.told.ts'

/** The hour as a line of its steps, each as long as its minutes; orange where the group works. */
export function HourLine({
  course,
  headings,
  language,
  linked = false,
}: InLanguage & {
  /** On the screen each step leads to its part of the guide. */
  linked?: boolean
}) {
  const state = useLed()
  return (
    <section className={classes.hour} data-paper={!linked || undefined}>
      <h2>{told(headings.hour, language)}</h2>
      <ol className={classes.line}>
        {stretches(course).map((stretch) => {
          const { step, number } = stretch
          const words = (
            <>
              <span className={classes.name}>{told(step.title, language)}</span>
              <span className={classes.when}>{rangeIn(stretch, language)}</span>
              <span className={classes.minutes}>{minutesIn(step.minutes, language)}</span>
            </>
          )
          return (
            <li
              key={number}
              className={classes.step}
              data-working={step.exercise !== null || undefined}
              style={{ '--minutes': step.minutes } as CSSProperties}
            >
              {linked ? (
                <Link
                  to="."
                  search
                  hash={anchorOf(stretch)}
                  state={state}
                  activeOptions={{ includeHash: true }}
                >
                  {words}
                </Link>
              ) : (
                <div>{words}</div>
              )}
            </li>
          )
        })}
      </ol>
      <p className={classes.legend}>{told(headings.working, language)}</p>
    </section>
  )
}
