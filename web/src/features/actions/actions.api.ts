import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Action, actionsRoutes as routes } from '#shared/actions/actions.contract.ts'
import type { RouteCall } from '#shared/contract.ts'
import { call } from '../../app/api.ts'

/** How somebody speaks about an action: signed in, or by the link of a mail. */
export interface Voice {
  answer: (action: Action, body: RouteCall<typeof routes.answer>['body']) => Promise<Action>
  measure: (action: Action, body: RouteCall<typeof routes.measure>['body']) => Promise<Action>
}

export const signedIn: Voice = {
  answer: ({ dayId, id }, body) => call(routes.answer, { params: { dayId, actionId: id }, body }),
  measure: ({ dayId, id }, body) => call(routes.measure, { params: { dayId, actionId: id }, body }),
}

export const byLink = (token: string): Voice => ({
  answer: ({ id }, body) => call(routes.answerLinked, { params: { token, actionId: id }, body }),
  measure: ({ id }, body) => call(routes.measureLinked, { params: { token, actionId: id }, body }),
})

/**
 * A write about an action. Refused or not, everything is read again: whoever was second sees the
 * other one's words beside their own, and saving again is then a choice.
 */
export function useSpoken<Body>(write: (body: Body) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: write,
    onSettled: () => client.invalidateQueries({ queryKey: ['api'] }),
  })
}
