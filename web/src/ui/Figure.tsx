// A number that matters: <Figures><Figure value="1 842" label="personnes invitées" /></Figures>
// Format the number yourself (Intl.NumberFormat of the reader's language).
import type { ReactNode } from 'react'
import classes from './Figure.module.css'

/** One big number with what it counts; `hint` is a smaller second line. */
export function Figure({
  value,
  label,
  hint,
}: {
  value: ReactNode
  label: string
  hint?: ReactNode
}) {
  return (
    <div className={classes.figure}>
      <p className={classes.value}>{value}</p>
      <p className={classes.label}>{label}</p>
      {hint && <p className={classes.hint}>{hint}</p>}
    </div>
  )
}

/** Figures side by side, with a hairline between. */
export function Figures({ children }: { children: ReactNode }) {
  return <div className={classes.figures}>{children}</div>
}
