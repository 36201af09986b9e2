import type { SceneDrawing } from '#shared/reminders/reminders.story.ts'
import { Drawing } from '../../ui/drawings/Drawing.tsx'
import { Pip } from '../../ui/drawings/Heart.tsx'
import classes from './Player.module.css'
import { drawingOfScene } from './reminders.drawings.ts'

/** A drawing, large, framed as on a court card; the letter in its corners is the teller’s. */
export function Picture({
  drawing,
  index,
  onTap,
}: {
  drawing: SceneDrawing
  index: string
  /** A shortcut for the thumb to what a button on the page does. */
  onTap?: (() => void) | undefined
}) {
  const letter = index.slice(0, 1)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: see onTap
    // biome-ignore lint/a11y/useKeyWithClickEvents: see onTap
    <div className={classes.picture} onClick={onTap}>
      <Corner letter={letter} />
      <Drawing name={drawingOfScene(drawing)} size={200} />
      <Corner letter={letter} turned />
    </div>
  )
}

function Corner({ letter, turned }: { letter: string; turned?: boolean }) {
  return (
    <span className={classes.corner} data-turned={turned} aria-hidden>
      {letter}
      <Pip size={16} />
    </span>
  )
}
