// The frame of our drawings: a 48 × 48 grid, one ink line, one flat colour printed slightly off
// register, as on an old card. Draw the flat shapes first, inside <Flat>, then the lines.
import type { ReactNode } from 'react'

export type SketchProps = {
  /** Side in pixels, 24 to 96. */
  size?: number
  /** What it shows, for screen readers; leave out when a text beside it says so. */
  label?: string
  /** `grey` for what is closed, past or in the grey zone. */
  tone?: 'warm' | 'grey'
}

/** An ink drawing. The line stays between 1.7 px (at 24) and 3 px (at 96): one weight to the eye. */
export function Sketch({
  size = 48,
  label,
  tone = 'warm',
  children,
}: SketchProps & { children: ReactNode }) {
  const line = ((1.3 + size / 56) * 48) / size
  return (
    <svg
      viewBox="0 0 48 48"
      width={size}
      height={size}
      fill="none"
      stroke={tone === 'grey' ? 'var(--grey-zone)' : 'var(--ink)'}
      strokeWidth={line}
      strokeLinecap="round"
      strokeLinejoin="round"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      style={{ color: tone === 'grey' ? 'var(--grey-zone-soft)' : 'var(--orange)' }}
      focusable="false"
    >
      {children}
    </svg>
  )
}

/** The flat colour under the line, shifted as by a second pass of the press. */
export function Flat({ children, colour }: { children: ReactNode; colour?: string }) {
  return (
    <g fill={colour ?? 'currentColor'} stroke="none" transform="translate(2 2)">
      {children}
    </g>
  )
}
