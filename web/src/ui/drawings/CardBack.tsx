import { useId } from 'react'
import { heartPath } from './Heart.tsx'

/** The back of our cards: a lattice of hearts on orange around one red heart. Fills its parent. */
export function CardBack() {
  const id = useId()
  return (
    <svg width="100%" height="100%" aria-hidden focusable="false">
      <defs>
        <pattern id={id} width="22" height="22" patternUnits="userSpaceOnUse" x="50%" y="50%">
          <path d="M0 11 11 0l11 11-11 11Z" fill="none" stroke="var(--orange-soft)" />
          <path d={heartPath} transform="translate(7.2 7.4) scale(.158)" fill="var(--ink)" />
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="var(--orange)" />
      <rect width="100%" height="100%" fill={`url(#${id})`} />
      <svg x="50%" y="50%" overflow="visible" aria-hidden>
        <circle r="34" fill="var(--card)" />
        <circle r="29" fill="none" stroke="var(--ink)" strokeWidth="1.5" />
        <path d={heartPath} transform="translate(-19.2 -19) scale(.8)" fill="var(--heart)" />
      </svg>
    </svg>
  )
}
