import { useTranslation } from 'react-i18next'
import type { HandChoices, Plan, PlanChangeSeen } from '#shared/matching/matching.contract.ts'
import type { PlanStats } from '#shared/matching/matching.vocabulary.ts'
import { useWords } from '../../app/words.ts'
import type { RankColumn } from '../../ui/RankColumns.tsx'

/** One thing a draft changes: for the better, for the worse, or neither. */
export interface ChangeItem {
  tone: 'gain' | 'cost' | 'move'
  text: string
}

/** More than these nobody reads in one sentence. */
const mostRankChanges = 4

type Last = NonNullable<HandChoices['last']>

/** Drafts, what they change and choices by hand, in words. */
export function useDraftWords() {
  const { t } = useTranslation('matching')
  const words = useWords()
  const people = (count: number) => t('people', { count })

  /** The director's name for it, or its number; a draft nobody kept is a try. */
  const nameOf = ({ name, number, kept }: Pick<Plan, 'name' | 'number' | 'kept'>) =>
    name || t(kept ? 'drafts.number' : 'drafts.attempt', { number })

  /** « 61 % » of those with a wish got their first. */
  const firstShare = ({ byRank, signedUp }: Pick<PlanStats, 'byRank' | 'signedUp'>) =>
    words.percent((byRank[0] ?? 0) / Math.max(1, signedUp))

  /** « +2 placés », « 1 personne passe du vœu 1 au vœu 2 »; nothing where nothing changes. */
  function changes({ placed, gained, lost, moved, ranks }: PlanChangeSeen): ChangeItem[] {
    const items: (ChangeItem | false)[] = [
      placed !== 0 && {
        tone: placed > 0 ? 'gain' : 'cost',
        text: t('change.placed', {
          count: Math.abs(placed),
          signed: placed > 0 ? `+${placed}` : `−${-placed}`,
        }),
      },
      gained > 0 &&
        placed <= 0 && {
          tone: 'gain',
          text: t('change.gained', { count: gained, people: people(gained) }),
        },
      lost > 0 &&
        placed >= 0 && {
          tone: 'cost',
          text: t('change.lost', { count: lost, people: people(lost) }),
        },
      ...ranks
        // Places outside the wishes are told by the bars; the sentence keeps to wishes.
        .filter(({ from, to }) => from !== null && to !== null)
        .toSorted((a, b) => b.people - a.people)
        .slice(0, mostRankChanges)
        .map(
          ({ from, to, people: count }): ChangeItem => ({
            tone: to! < from! ? 'gain' : 'cost',
            text: t('change.rank', { count, people: people(count), from, to }),
          }),
        ),
      moved > 0 && {
        tone: 'move',
        text: t('change.moved', { count: moved, people: people(moved) }),
      },
    ]
    return items.filter((item) => item !== false)
  }

  /** « placer Léa Martin »: what the last choice by hand did. */
  function choice({ kind, former, name }: Last): string {
    const did = kind ?? (former === 'pin' ? 'let-go' : 'allow')
    return t(`hand.did.${did}`, { name })
  }

  /** The columns of a plan, or of another way of dealing, without its name. */
  function columns(stats: Pick<PlanStats, 'byRank' | 'unwished' | 'unplaced'>): RankColumn[] {
    const { byRank, unwished, unplaced } = stats
    const column = (id: string, label: string, value: number) => ({
      id,
      label,
      value,
      text: words.count(Math.round(value)),
    })
    return [
      ...byRank.map((value, index) => column(String(index + 1), String(index + 1), value)),
      ...(unwished > 0 ? [column('hand', t('drafts.columnHand'), unwished)] : []),
      { ...column('none', t('drafts.columnNone'), unplaced), muted: true },
    ]
  }

  return { nameOf, firstShare, changes, choice, columns, people }
}
