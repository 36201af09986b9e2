// "What is expected of me now?" One card, one button, at the top of each person's first screen.
//   <NextStep kicker="Avant le 6 mai" title="Choisissez vos métiers" drawing="headset"
//     action={<Button component={Link} to="…">Faire mes vœux</Button>}>Deux minutes suffisent.</NextStep>
import type { ReactNode } from 'react'
import { Drawing, type DrawingName } from './drawings/Drawing.tsx'
import { Pip } from './drawings/Heart.tsx'
import classes from './NextStep.module.css'

/** The one card with one button. `quiet` when nothing is expected: white instead of orange. */
export function NextStep({
  kicker,
  title,
  drawing,
  action,
  figures,
  quiet = false,
  children,
}: {
  kicker?: string
  title: string
  drawing?: DrawingName
  action?: ReactNode
  /** The numbers that matter now, <Figures>…</Figures>, under the button. */
  figures?: ReactNode
  quiet?: boolean
  children?: ReactNode
}) {
  return (
    <section className={classes.card} data-step data-quiet={quiet || undefined} aria-label={title}>
      <span className={classes.corner} aria-hidden>
        10
        <Pip size={18} />
      </span>
      <div className={classes.words}>
        {kicker && <p className={classes.kicker}>{kicker}</p>}
        <h2 className={classes.title}>{title}</h2>
        {children && (
          <div className={classes.text}>
            {typeof children === 'string' ? <p>{children}</p> : children}
          </div>
        )}
        {action && <div className={classes.action}>{action}</div>}
        {figures && <div className={classes.figures}>{figures}</div>}
      </div>
      {drawing && (
        <span className={classes.drawing}>
          <Drawing name={drawing} size={96} tone={quiet ? 'grey' : 'warm'} />
        </span>
      )}
    </section>
  )
}
