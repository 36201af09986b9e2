/**
 * A session in its order. `count`: the vote is closed and the curtain still down; behind it the
 * result is known and the vote does not open again.
 */
export const steps = ['read', 'group', 'vote', 'count', 'decide', 'closed'] as const
export type Step = (typeof steps)[number]

export const usualHearts = 3
export const mostHearts = 10

/** A room reads no more than this, and each card waits to be replaced by a better one. */
export const mostShown = 60

/** Fewer ballots would tell who chose what: their hearts are never shown. */
export const fewestBallots = 5

/** What is signed for a ballot: these words before its id, so that the key’s signature says nothing else. */
export const ballotMessage = (ballotId: string) => `ballot ${ballotId}`
