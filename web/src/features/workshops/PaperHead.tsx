import { Pip } from '../../ui/drawings/Heart.tsx'
import classes from './CoursePage.module.css'

/** The head of a printed page of a course. */
export function PaperHead({ kicker, title }: { kicker?: string; title: string }) {
  return (
    <header className={classes.paperHead}>
      <p className={classes.corner} aria-hidden>
        10
        <Pip size={14} />
      </p>
      <div>
        {kicker && <p className={classes.paperKicker}>{kicker}</p>}
        <h1>{title}</h1>
      </div>
    </header>
  )
}
