// Nothing here yet: say why, and offer the next step.
//   <EmptyState drawing="counter" title="Aucun créneau" action={<Button>…</Button>}>…</EmptyState>
import type { ReactNode } from 'react'
import { Drawing, type DrawingName } from './drawings/Drawing.tsx'
import classes from './EmptyState.module.css'

/** See the top of the file. `level` is the heading's; 2 unless told. */
export function EmptyState({
  drawing = 'heart',
  title,
  action,
  level = 2,
  children,
}: {
  drawing?: DrawingName
  title: string
  action?: ReactNode
  level?: 2 | 3
  children?: ReactNode
}) {
  const Title = level === 2 ? 'h2' : 'h3'
  return (
    <div className={classes.empty}>
      <Drawing name={drawing} size={80} />
      <Title className={classes.title}>{title}</Title>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}
