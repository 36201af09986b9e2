import type { ReactNode } from 'react'
import classes from './Player.module.css'

/** A whole page for the player, from under the bar to the edge of the screen; its title is only read out. */
export function PlayerScreen({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={classes.screen}>
      <title>{`${title} · 10 de cœur`}</title>
      <h1 id="page-title" tabIndex={-1} className={classes.hidden}>
        {title}
      </h1>
      {children}
    </div>
  )
}
