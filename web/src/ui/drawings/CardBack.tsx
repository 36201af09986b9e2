import { useId } from 'react'
import { heartPath } from './Heart.tsx'

/** The back of our cards: a lattice of hearts on orange. Fills its parent; decoration only. */
export function CardBack() {
  const id = useId()
  return (
    <svg width="100%" height="100%" aria-hidden focusable="false">
      <defs>
        <pattern id={id} width="26" height="26" patternUnits="userSpaceOnUse">
          <path d="M0 13 13 0l13 13-13 13Z" fill="none" stroke="var(--ink)" strokeOpacity=".28" />
          <path d={heartPath} transform="translate(8.2 8.3) scale(.2)" fill="var(--ink)" />
          <path d={heartPath} transform="translate(-4.8 -4.7) scale(.2)" fill="var(--card)" />
          <path d={heartPath} transform="translate(21.2 -4.7) scale(.2)" fill="var(--card)" />
          <path d={heartPath} transform="translate(-4.8 21.3) scale(.2)" fill="var(--card)" />
          <path d={heartPath} transform="translate(21.2 21.3) scale(.2)" fill="var(--card)" />
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="var(--orange)" />
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  )
}
