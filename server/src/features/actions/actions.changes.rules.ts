import { smallestGroup } from '#server/features/observations/observations.rules.ts'
import type { Changes, Decision, Quote } from '#shared/actions/actions.changes.contract.ts'
import type { Action, ActionsOfDay } from '#shared/actions/actions.contract.ts'

/** Fewer observations than this would let colleagues guess who spoke. */
export const isTold = ({ observationCount }: { observationCount: number }): boolean =>
  observationCount >= smallestGroup

/**
 * Findings that at least five observations tell of, with what answers them; the others are a number,
 * and what was decided about them stands without its why.
 */
export function toldChanges(
  day: { name: string; date: string },
  { actions, findings }: Pick<ActionsOfDay, 'actions' | 'findings'>,
  quotes: readonly (Quote & { findingId: string })[],
): Changes {
  const told = findings.filter(isTold)
  const toldIds = new Set(told.map(({ id }) => id))
  const decided = actions.filter(({ status }) => status !== 'to-decide')
  return {
    dayName: day.name,
    date: day.date,
    findings: told
      .map(({ id, title, observationCount }) => ({
        id,
        title,
        observationCount,
        quotes: quotes
          .filter(({ findingId }) => findingId === id)
          .map(({ part, words }) => ({ part, words })),
        decisions: decided.filter((one) => answers(one, id)).map(decisionOf),
      }))
      .sort((a, b) => b.observationCount - a.observationCount || a.title.localeCompare(b.title)),
    foldedFindings: findings.length - told.length,
    otherDecisions: decided
      .filter((one) => !one.findings.some(({ id }) => toldIds.has(id)))
      // A reason or a measure would tell of a finding that too few saw to be told.
      .map((one) => ({ ...decisionOf(one), reason: null, measure: null })),
  }
}

const answers = (action: Action, findingId: string) =>
  action.findings.some(({ id }) => id === findingId)

const decisionOf = ({ id, title, status, reason, decidedAt, measure }: Action): Decision => ({
  id,
  title,
  status,
  reason,
  decidedAt,
  measure,
})

/** « [nom] », « [adresse mail] »: what the page puts in the place of something spotted. */
const masked = /\[\p{L}[\p{L} ]{0,29}\]/gu

/** The longest thing that is masked, a postal address; more would be cutting into what was said. */
const longestMasked = 120

/**
 * Whether words are somebody’s own but for masks: a quote may leave out a name, and may put nothing
 * into anybody’s mouth. The pieces between masks stand in the original, in their order, each found
 * where it first comes.
 */
export function areWordsOf(original: string, words: string): boolean {
  const pieces = words.split(masked)
  const whole = original.trim()
  if (pieces.length === 1) return words === whole
  const first = pieces[0]!
  const last = pieces.at(-1)!
  if (!whole.startsWith(first)) return false
  let from = first.length
  for (const piece of pieces.slice(1, -1)) {
    const at = whole.indexOf(piece, from)
    if (at < 0 || at - from > longestMasked) return false
    from = at + piece.length
  }
  const hidden = whole.length - last.length - from
  return whole.endsWith(last) && hidden >= 0 && hidden <= longestMasked
}
