import type { Feeling } from '#shared/reminders/reminders.story.ts'

/** A line for each feeling, as a hand would draw it: never told by its colour alone. */
const lines: Record<Feeling, string> = {
  anger: 'M12 44 22 22l8 18 8-26 8 24 8-14',
  weariness: 'M8 24c8-6 14-4 18 4s8 14 14 14 8-2 16-2',
  worry:
    'M32 34a3 3 0 1 1 3-3c0 5-4 8-8 8-6 0-10-5-10-10 0-8 6-13 14-13 9 0 16 7 16 16s-7 17-17 17',
  shame: 'M14 46c0-16 8-26 20-26s16 8 16 16-6 12-13 12-10-4-10-9 3-7 7-7',
  helplessness: 'M8 32h12M26 32h4M36 35h3M45 40h2M52 47h.01',
  sadness: 'M32 12c8 12 14 19 14 27a14 14 0 0 1-28 0c0-8 6-15 14-27ZM25 40a7 7 0 0 0 7 7',
}

export function FeelingMark({ feeling }: { feeling: Feeling }) {
  return (
    <svg viewBox="0 0 64 64" width={120} height={120} aria-hidden focusable="false">
      <path
        d={lines[feeling]}
        fill="none"
        stroke="var(--ink)"
        strokeWidth={3}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
