// A whole and its parts, each in one place: <ShareBar caption="Hôtes" whole="120 invitations"
//   parts={[{ id: 'yes', label: 'confirmé', value: 80, tone: 'warm' }, …]} chosen={id} onChoose={setId} />
// The bar is the picture; the buttons under it say the same in words, and choose.
import type { ReactNode } from 'react'
import classes from './ShareBar.module.css'

export type SharePart<Id extends string> = {
  id: Id
  label: string
  value: number
  /** warm: done · soft: nearly · look: waits for the reader · open: nothing yet · alert · grey: over */
  tone: 'warm' | 'soft' | 'look' | 'open' | 'alert' | 'grey'
  icon: ReactNode
}

/** See the top of the file. Parts of none are said and cannot be chosen. */
export function ShareBar<Id extends string>({
  caption,
  whole,
  parts,
  chosen,
  onChoose,
}: {
  caption: string
  whole: string
  parts: readonly SharePart<Id>[]
  chosen: Id | undefined
  onChoose: (id: Id) => void
}) {
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span className={classes.name}>{caption}</span>
        <span className={classes.whole}>{whole}</span>
      </figcaption>
      <div className={classes.bar} aria-hidden>
        {parts
          .filter(({ value }) => value > 0)
          .map(({ id, value, tone }) => (
            <span
              key={id}
              className={classes.part}
              data-tone={tone}
              data-chosen={id === chosen || undefined}
              style={{ flexGrow: value }}
            />
          ))}
      </div>
      <ul className={classes.parts}>
        {parts.map(({ id, label, value, tone, icon }) => (
          <li key={id}>
            <button
              type="button"
              className={classes.choice}
              aria-pressed={id === chosen}
              disabled={value === 0}
              onClick={() => onChoose(id)}
            >
              <span className={classes.mark} data-tone={tone} aria-hidden>
                {icon}
              </span>
              <span className={classes.value}>{value}</span>
              <span className={classes.label}>{label}</span>
            </button>
          </li>
        ))}
      </ul>
    </figure>
  )
}
