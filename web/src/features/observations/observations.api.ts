import { useQuery } from '@tanstack/react-query'
import {
  type ObservationInput,
  type Observing,
  observationsRoutes as routes,
} from '#shared/observations/observations.contract.ts'
import { call, queryFor } from '../../app/api.ts'
import { observationIdOf, secretHashOf } from './observations.secret.ts'

/** Where one observes from: signed in to a day, or by the link of a slot or a placement. */
export type Entrance =
  | { by: 'day'; dayId: string }
  | { by: 'slot'; token: string }
  | { by: 'placement'; token: string }

/** All the Observe page needs, whichever door one came through. */
export function useObserving(entrance: Entrance) {
  const bySession = useQuery({
    ...queryFor(routes.observing, {
      params: { dayId: entrance.by === 'day' ? entrance.dayId : '' },
    }),
    enabled: entrance.by === 'day',
  })
  const bySlot = useQuery({
    ...queryFor(routes.observingBySlotLink, {
      params: { token: entrance.by === 'slot' ? entrance.token : '' },
    }),
    enabled: entrance.by === 'slot',
  })
  const byPlacement = useQuery({
    ...queryFor(routes.observingByPlacementLink, {
      params: { token: entrance.by === 'placement' ? entrance.token : '' },
    }),
    enabled: entrance.by === 'placement',
  })
  return { day: bySession, slot: bySlot, placement: byPlacement }[entrance.by]
}

/** Sends without any cookie (the contract says `anonymous`); the code makes every retry the same observation. */
export function sendAnonymously(observing: Observing, seen: ObservationInput, code: string) {
  const own = observing.own.find(({ roleId }) => roleId === seen.roleId) ?? observing.own[0]
  return call(routes.sendAnonymously, {
    body: {
      ...seen,
      id: observationIdOf(code),
      secretHash: secretHashOf(code),
      credential: observing.credential,
      siteId: own?.siteId ?? null,
    },
  })
}

/** One request for each code: several in one would tell the server that one person wrote them. */
export function useFollowed(code: string) {
  return useQuery({
    queryKey: ['anonymous', code],
    queryFn: () => follow(code),
    retry: false,
  })
}

export const follow = (code: string) =>
  call(routes.followAnonymously, { body: { id: observationIdOf(code), secret: code } })

export const withdrawByCode = (code: string) =>
  call(routes.withdrawAnonymously, { body: { id: observationIdOf(code), secret: code } })
