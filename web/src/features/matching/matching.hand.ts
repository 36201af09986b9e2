import { useQuery } from '@tanstack/react-query'
import { matchingRoutes } from '#shared/matching/matching.contract.ts'
import type { PinKind } from '#shared/matching/matching.vocabulary.ts'
import { queryFor, useCall } from '../../app/api.ts'

/**
 * The director's hand on a day: each choice, and each step back, has the server compute a draft at
 * once, told against the one looked at.
 * @param onChosen a draft is under way.
 */
export function useHand(dayId: string, basisId: string, onChosen: () => void) {
  const refresh = [
    ['api', 'days', dayId],
    ['api', 'plans'],
  ]
  const standing = useQuery(queryFor(matchingRoutes.handChoices, { params: { dayId } }))
  const choosing = useCall(matchingRoutes.setPin, { refresh })
  const undoing = useCall(matchingRoutes.undoChoice, { refresh })
  return {
    choices: standing.data?.choices ?? [],
    last: standing.data?.last ?? undefined,
    busy: choosing.isPending || undoing.isPending,
    error: choosing.error ?? undoing.error,
    choose(personId: string, slotId: string, kind: PinKind | null) {
      undoing.reset()
      const body = { personId, slotId, kind, basisId }
      choosing.mutate({ params: { dayId }, body }, { onSuccess: onChosen })
    },
    undo(choiceId: string) {
      choosing.reset()
      const call = { params: { dayId, choiceId }, query: { basisId } }
      undoing.mutate(call, { onSuccess: onChosen })
    },
  }
}

export type Hand = ReturnType<typeof useHand>
