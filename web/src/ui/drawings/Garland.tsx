import { heartPath } from './Heart.tsx'

/** Where the hearts hang: left edge, top, tilt in degrees and size against the 48 grid. */
const hearts = [
  { x: 22, y: 12, tilt: -10, size: 0.5 },
  { x: 70, y: 17, tilt: 6, size: 0.72 },
  { x: 128, y: 20, tilt: -4, size: 0.94 },
  { x: 190, y: 17, tilt: 9, size: 0.72 },
  { x: 246, y: 11, tilt: -7, size: 0.5 },
]

/** Hearts on a thread, one ink line and a colour printed slightly off register: the head of a card. */
export function Garland() {
  return (
    <svg
      viewBox="0 0 300 72"
      width="100%"
      fill="none"
      stroke="var(--ink)"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      focusable="false"
    >
      <path strokeWidth={1.8} d="M4 6C44 22 104 27 150 27S256 22 296 6" />
      {hearts.map(({ x, y, tilt, size }) => (
        <g key={x} transform={`translate(${x} ${y}) rotate(${tilt}) scale(${size})`}>
          <path d={heartPath} transform="translate(3 3)" fill="var(--heart)" stroke="none" />
          <path d={heartPath} strokeWidth={2 / size} />
        </g>
      ))}
    </svg>
  )
}
