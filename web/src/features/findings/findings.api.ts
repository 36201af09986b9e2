import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { findingsRoutes as routes, type SeenCard } from '#shared/findings/findings.contract.ts'
import { call, queryFor } from '../../app/api.ts'

/** What is in no finding yet, page after page, and the piles around the latest page. */
export function useUngrouped(dayId: string, irritantId: string | undefined) {
  const params = { dayId }
  const filter = irritantId === undefined ? {} : { irritantId }
  const pages = useInfiniteQuery({
    queryKey: ['api', 'days', dayId, 'ungrouped-observations', irritantId ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      call(
        routes.ungrouped,
        { params, query: { ...filter, ...(pageParam ? { after: pageParam } : {}) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  const after = pages.data?.pages.at(-2)?.next
  const suggestions = useQuery(
    queryFor(routes.suggestions, { params, query: { ...filter, ...(after ? { after } : {}) } }),
  )
  return { pages, suggestions }
}

/** Puts a card into a choice, or takes it out. */
export function toggled(chosen: ReadonlyMap<string, SeenCard>, card: SeenCard) {
  const next = new Map(chosen)
  if (!next.delete(card.id)) next.set(card.id, card)
  return next
}
