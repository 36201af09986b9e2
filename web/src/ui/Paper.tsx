// What is printed instead of the page: <Paper>…</Paper> is invisible on the screen and alone on
// paper. `onePage` holds it to one A4 sheet inside the margins of base.css; fill it accordingly.
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import classes from './Paper.module.css'

/** See the top of the file. One at a time on a page. */
export function Paper({ onePage = false, children }: { onePage?: boolean; children: ReactNode }) {
  return createPortal(
    <div className={classes.paper} data-one-page={onePage || undefined}>
      {children}
    </div>,
    document.body,
  )
}
