import classes from './Observations.module.css'
import { spelled } from './observations.secret.ts'

/** The code in groups of five, large enough to copy onto paper. */
export function FollowCode({ code }: { code: string }) {
  return <p className={classes.code}>{spelled(code)}</p>
}
