import type { Outcome } from '#shared/reminders/reminders.questions.ts'

/** A smile, a level mouth, a wavering one; the eyes stay kind in all three. */
const mouths = {
  well: 'M15 28c2.5 5 5.5 7 9 7s6.5-2 9-7',
  'so-so': 'M16 31h16',
  hard: 'M15 33c2-3 4-3 6 0s4 3 6 0 4-3 6 0',
}

export function Face({ outcome }: { outcome: Exclude<Outcome, 'not-yet'> }) {
  return (
    <svg
      viewBox="0 0 48 48"
      width={52}
      height={52}
      fill="none"
      stroke="var(--ink)"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      focusable="false"
    >
      <circle
        cx="26"
        cy="26"
        r="18"
        fill={outcome === 'well' ? 'var(--orange)' : 'var(--orange-soft)'}
        stroke="none"
      />
      <circle cx="24" cy="24" r="18" />
      <path d="M17 19.5c.5-1 2.5-1 3 0M28 19.5c.5-1 2.5-1 3 0" strokeWidth={2.5} />
      <path d={mouths[outcome]} />
    </svg>
  )
}
