import { useLocation } from '@tanstack/react-router'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /**
     * The token of the facilitator’s page from which a course is read. Kept out of the address, which
     * is copied and passed on: whoever opens a copy finds the way to all workshops.
     */
    ledBy?: string
  }
}

/** The facilitator’s page from which a course is read, if any; goes on as the `state` of its links. */
export function useLed(): { ledBy?: string } {
  const ledBy = useLocation({ select: ({ state }) => state.ledBy })
  return ledBy ? { ledBy } : {}
}
