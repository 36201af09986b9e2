// What opens on a tap: <Fold title="Pourquoi cette carte ?">Deux phrases.</Fold>
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './Fold.module.css'

/** A native <details>; `open` is its first state. */
export function Fold({
  title,
  open = false,
  children,
}: {
  title: ReactNode
  open?: boolean
  children: ReactNode
}) {
  return (
    <details className={classes.fold} open={open}>
      <summary className={classes.title}>
        {title}
        <IconChevronDown size={20} aria-hidden />
      </summary>
      <div className={classes.content}>{children}</div>
    </details>
  )
}
