// Long work: <Progress label="Envoi des invitations" value={312} max={1842} text="312 sur 1 842" />
// Leave `value` out while nothing can be counted yet. `aside` takes a quiet "stop" button.
import type { ReactNode } from 'react'
import classes from './Progress.module.css'

/** `text` is the state in words, shown at the right and read out. */
export function Progress({
  label,
  value,
  max = 100,
  text,
  aside,
}: {
  label: string
  value?: number
  max?: number
  text: string
  aside?: ReactNode
}) {
  const share = value === undefined ? 0 : Math.min(100, (100 * value) / Math.max(1, max))
  return (
    <div className={classes.progress}>
      <div className={classes.head}>
        <span className={classes.label}>{label}</span>
        <span className={classes.text}>{text}</span>
      </div>
      <div className={classes.row}>
        <div
          className={classes.track}
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={max}
          aria-valuenow={value}
          aria-valuetext={text}
          data-unknown={value === undefined || undefined}
        >
          <span className={classes.bar} style={{ width: `${share}%` }} />
        </div>
        {aside}
      </div>
    </div>
  )
}
