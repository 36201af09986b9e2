import { useQuery, useQueryClient } from '@tanstack/react-query'
import { matchingRoutes, type Plan } from '#shared/matching/matching.contract.ts'
import { queryFor, useCall } from '../../app/api.ts'

/** A choice by hand is answered in a blink; a whole region may take a while. */
const followEveryMilliseconds = 300

/** Follows a computation to its end, then has the page read what it found. */
export function useComputation(plan: Plan) {
  const client = useQueryClient()
  const stopping = useCall(matchingRoutes.cancelPlan)
  const input = { params: { planId: plan.id } }
  const followed = useQuery({
    ...queryFor(matchingRoutes.plan, input),
    refetchInterval: ({ state }) => {
      const going = state.data?.plan.status === 'computing'
      // Thrown away meanwhile, it answers with an error: whatever took its place is in the list.
      if (going || (!state.data && !state.error)) return followEveryMilliseconds
      void client.invalidateQueries({ queryKey: ['api', 'days', plan.dayId] })
      return false
    },
    retry: false,
  })
  const { progressDone: done, progressTotal: total } = followed.data?.plan ?? plan
  return {
    done,
    total,
    stop: () => stopping.mutate(input),
    stopping: stopping.isPending,
    error: stopping.error,
  }
}
