import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type HandChances, matchingRoutes } from '#shared/matching/matching.contract.ts'
import { call } from '../../app/api.ts'
import { type Wish, wishInput } from './signup.cards.ts'

/** A hand is asked about once its cards have lain still for so long. */
const stillMilliseconds = 900
/** Until an answer is there, then for as long as the page stays open. */
const waitMilliseconds = 4_000
const refreshMilliseconds = 300_000

/** What is known of the chances of the hand as it lies; undefined until it is. */
export function useChances(dayId: string, wishes: Wish[]): HandChances | undefined {
  const hand = JSON.stringify(wishes.map(wishInput))
  const [asked] = useDebouncedValue(hand, stillMilliseconds)
  const query = useQuery({
    queryKey: ['api', 'days', dayId, 'chances', asked],
    queryFn: ({ signal }) =>
      call(
        matchingRoutes.handChances,
        { params: { dayId }, body: { wishes: JSON.parse(asked) } },
        { signal },
      ),
    enabled: asked !== '[]',
    retry: false,
    refetchInterval: ({ state }) => (state.data?.chances ? refreshMilliseconds : waitMilliseconds),
  })
  return asked === hand ? (query.data?.chances ?? undefined) : undefined
}

/** One wish: its share of the plans, and that of the wishes above it. */
export interface Chance {
  share: number
  above: number
}

export function chancesIn({ times, samples }: HandChances): Chance[] {
  let above = 0
  return times.map((granted) => {
    const chance = { share: granted / samples, above: above / samples }
    above += granted
    return chance
  })
}

/** From so many plans in a hundred on; what is rarely needed but would then be had is `spare`. */
const thresholds = { high: 80, good: 55, fair: 30 } as const

export type ChanceWord = keyof typeof thresholds | 'spare' | 'low'

export function chanceWord({ share, above }: Chance): ChanceWord {
  const percent = 100 * share
  if (percent >= thresholds.high) return 'high'
  if (percent >= thresholds.good) return 'good'
  if (percent >= thresholds.fair) return 'fair'
  const left = 100 * (1 - above)
  return left < 5 || percent >= (left * thresholds.good) / 100 ? 'spare' : 'low'
}
