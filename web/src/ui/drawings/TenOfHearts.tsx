import { heartPath } from './Heart.tsx'

// The pips of a real ten: two columns of four, two in the middle; the lower half stands on its head.
const pips = [
  [78, 66],
  [162, 66],
  [78, 134],
  [162, 134],
  [120, 100],
  [78, 202],
  [162, 202],
  [120, 236],
  [78, 270],
  [162, 270],
] as const

function Index() {
  return (
    <>
      <text
        x="24"
        y="48"
        textAnchor="middle"
        fontFamily="var(--font-title)"
        fontWeight="800"
        fontSize="34"
        letterSpacing="-2.5"
        fill="var(--ink)"
      >
        10
      </text>
      <path d={heartPath} transform="translate(13.5 56) scale(.44)" fill="var(--heart)" />
    </>
  )
}

/** The ten of hearts itself: the sign-in page, a first visit, the end of a day. */
export function TenOfHearts({ width = 240, label }: { width?: number; label?: string }) {
  return (
    <svg
      viewBox="0 0 240 336"
      width={width}
      height={(width * 336) / 240}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      style={{ borderRadius: width * 0.075, boxShadow: 'var(--shadow-lift)' }}
      focusable="false"
    >
      <rect width="240" height="336" rx="18" fill="var(--card)" />
      <rect
        x=".75"
        y=".75"
        width="238.5"
        height="334.5"
        rx="17.5"
        fill="none"
        stroke="var(--line)"
        strokeWidth="1.5"
      />
      <Index />
      <g transform="rotate(180 120 168)">
        <Index />
      </g>
      {pips.map(([x, y]) => (
        <path
          key={`${x}-${y}`}
          d={heartPath}
          fill="var(--heart)"
          transform={`translate(${x} ${y}) ${y > 168 ? 'rotate(180) ' : ''}scale(1.05) translate(-24 -24)`}
        />
      ))}
    </svg>
  )
}
