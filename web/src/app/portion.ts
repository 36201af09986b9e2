import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useState } from 'react'

/** As many cards as one reads through; the rest is one press away. */
const atATime = 20

/**
 * What of a list that is fetched page by page is on the screen, and how to see more of it: pages are
 * larger than what one reads through.
 * @param all what the pages hold so far.
 */
export function usePortion<T>(
  all: readonly T[],
  pages: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'fetchNextPage'>,
): { seen: readonly T[]; hasMore: boolean; seeMore: () => void } {
  const [looked, setLooked] = useState(atATime)
  function seeMore() {
    const next = looked + atATime
    setLooked(next)
    if (next > all.length && pages.hasNextPage) void pages.fetchNextPage()
  }
  return {
    seen: all.slice(0, looked),
    hasMore: pages.hasNextPage || all.length > looked,
    seeMore,
  }
}
