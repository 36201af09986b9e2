import { useQuery } from '@tanstack/react-query'
import { returningRoutes } from '#shared/actions/actions.returning.contract.ts'
import {
  type Observing,
  observationsRoutes as routes,
} from '#shared/observations/observations.contract.ts'
import { call } from '../../app/api.ts'
import { keptQuery } from '../../app/kept.ts'
import { useMe, useReader } from '../../app/session.ts'
import { keptCodes } from './observations.device.ts'
import type { Waiting } from './observations.outbox.ts'
import { observationIdOf } from './observations.secret.ts'

/** Where one observes from: signed in to a day, or by the link of a slot or a placement. */
export type Entrance =
  | { by: 'day'; dayId: string }
  | { by: 'slot'; token: string }
  | { by: 'placement'; token: string }

const closing = ({ closesAt }: Observing) => closesAt

/** All the Observe page needs, whichever door one came through; kept until nobody may observe. */
export function useObserving(entrance: Entrance) {
  const bySession = useQuery({
    ...keptQuery(
      routes.observing,
      { params: { dayId: entrance.by === 'day' ? entrance.dayId : '' } },
      closing,
    ),
    enabled: entrance.by === 'day',
  })
  const bySlot = useQuery({
    ...keptQuery(
      routes.observingBySlotLink,
      { params: { token: entrance.by === 'slot' ? entrance.token : '' } },
      closing,
    ),
    enabled: entrance.by === 'slot',
  })
  const byPlacement = useQuery({
    ...keptQuery(
      routes.observingByPlacementLink,
      { params: { token: entrance.by === 'placement' ? entrance.token : '' } },
      closing,
    ),
    enabled: entrance.by === 'placement',
  })
  return { day: bySession, slot: bySlot, placement: byPlacement }[entrance.by]
}

/** Whose draft and of which day: the account’s, or that of the link one came by. */
export function draftKeyOf(
  entrance: Entrance,
  dayId: string,
  accountId: string | undefined,
  correcting: string | undefined,
): string {
  const whose = entrance.by === 'day' ? (accountId ?? 'nobody') : entrance.token
  return correcting ? `${whose}:${dayId}:${correcting}` : `${whose}:${dayId}`
}

export const codesKey = ['device', 'codes']

/** The codes of this device that are its reader’s to see. */
export function useKeptCodes(): readonly string[] {
  const reader = useReader()
  const codes = useQuery({
    queryKey: [...codesKey, reader],
    queryFn: () => keptCodes(reader!),
    enabled: reader !== undefined,
    staleTime: 0,
  })
  return codes.data ?? []
}

/** Whether something that waits here is the reader’s: signed by them, or they hold its code. */
export function useIsReaders(): (waiting: Waiting) => boolean {
  const me = useMe()
  const ids = new Set(useKeptCodes().map(observationIdOf))
  return ({ entry }) =>
    entry.how === 'anonymous' ? ids.has(entry.id) : entry.accountId === me?.accountId
}

/** What became of what a code stands for; anonymous like {@link useFollowed}. */
export function useBecame(code: string) {
  return useQuery({
    queryKey: ['anonymous', code, 'became'],
    queryFn: () =>
      call(returningRoutes.becameAnonymously, {
        body: { id: observationIdOf(code), secret: code },
      }),
    retry: false,
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
