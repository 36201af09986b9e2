// A card somebody writes to somebody: hearts on a thread, the words, a signature.
//   <NoteCard from="Alice">Merci pour ta patience.</NoteCard>
// `children` may hold the field it is written in; `from` is left out where nobody signs.
import type { ReactNode } from 'react'
import { Garland } from './drawings/Garland.tsx'
import classes from './NoteCard.module.css'

/** See the top of the file. */
export function NoteCard({ from, children }: { from?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.card}>
      <Garland />
      <div className={classes.words}>{children}</div>
      {from && <p className={classes.from}>{from}</p>}
    </div>
  )
}
