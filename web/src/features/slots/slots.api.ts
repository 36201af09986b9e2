import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type HostSlot, type SlotAnswer, slotsRoutes } from '#shared/slots/slots.contract.ts'
import { call, queryFor } from '../../app/api.ts'

/** The slot of a host's link; opening the page asks for it and changes nothing. */
export const slotLinkQuery = (token: string) =>
  queryFor(slotsRoutes.slotLink, { params: { token } })

/** A host's word by their link; what comes back is what stands, shown at once. */
export function useAnswer(token: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: SlotAnswer) => call(slotsRoutes.answerOffer, { params: { token }, body }),
    onSuccess: (slot: HostSlot) => client.setQueryData(slotLinkQuery(token).queryKey, slot),
  })
}
