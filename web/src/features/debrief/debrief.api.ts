import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Room, debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { call, Unreachable } from '../../app/api.ts'
import { i18n } from '../../app/i18n.ts'
import { nobody } from '../../app/reader.ts'
import { useReader } from '../../app/session.ts'
import { blindedOf, newBallot, signatureOf } from './debrief.ballot.ts'
import {
  forgetBallots,
  heldBallot,
  type KeptBallot,
  keepBallot,
  keptBallot,
} from './debrief.device.ts'

/** Six of Crockford’s base 32 as somebody typed them: O is 0, I and L are 1, spaces do not count. */
export const readRoomCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')

/** What stands above the room, as a word of the catalogue: hearts that are not told have not spoken. */
export const titleOf = ({ step, findings }: Room) =>
  step === 'decide' && findings.every(({ hearts }) => hearts === null)
    ? ('room.decide.untold' as const)
    : (`room.${step}.title` as const)

export const deskKeys = (dayId: string) => [['api', 'days', dayId, 'debrief']]
export const roomKeys = (code: string) => [['api', 'debriefs', code]]

const triedAgainAfterMs = 2_000

/**
 * The reader’s ballot on this device: asked for as soon as somebody is in the room, long before the
 * vote, so that the order in which ballots are given says nothing about that in which they are cast.
 */
export function useBallot(room: Room) {
  const { code, ballotKey, step } = room
  const known = useReader()
  const reader = known ?? nobody
  const client = useQueryClient()
  const queryKey = ['device', 'ballots', reader, code]
  const kept = useQuery({
    queryKey,
    queryFn: async () => (await keptBallot(reader, code)) ?? null,
    enabled: known !== undefined,
    staleTime: Infinity,
  }).data
  const ballot = kept ?? undefined
  const signed = ballot?.signature !== undefined
  const asked = kept !== undefined && ballotKey !== null && step !== 'count' && !signed
  async function keep(changed: KeptBallot) {
    client.setQueryData(queryKey, changed)
    await keepBallot(reader, code, changed)
  }

  const taking = useMutation({
    mutationFn: async (modulus: string) => {
      // Kept before it is sent: a retry, or another tab, asks for the same ballot.
      const mine = await heldBallot(reader, code, newBallot(modulus))
      if (mine.signature) return mine
      const body = { blinded: blindedOf(mine, modulus) }
      const answer = await call(routes.takeBallot, { params: { code }, body })
      const signature = signatureOf(mine, answer.signed, modulus)
      // Kept as it is, it would only be refused once the vote is open.
      if (!signature) throw new Error(i18n.t('debrief:vote.notSigned'))
      return { ...mine, signature }
    },
    // A server that is just starting again: nobody in the room has to notice.
    retry: (_, error) => error instanceof Unreachable,
    retryDelay: triedAgainAfterMs,
    onSuccess: keep,
  })
  const { mutate: take } = taking
  useEffect(() => {
    if (asked) take(ballotKey)
  }, [asked, ballotKey, take])

  const isOver = step === 'decide' || step === 'closed'
  useEffect(() => {
    if (isOver) void forgetBallots(code)
  }, [isOver, code])

  const casting = useMutation({
    mutationFn: async (findingIds: string[]) => {
      const mine = (await keptBallot(reader, code)) ?? ballot
      if (!mine?.signature) throw new Error('no ballot')
      const body = { signature: mine.signature, findingIds }
      await call(routes.castBallot, { params: { code, ballotId: mine.id }, body })
      return { ...mine, cast: findingIds }
    },
    onSuccess: keep,
  })
  return {
    /** What was cast last from here. */
    cast: ballot?.cast,
    ready: signed,
    refused: taking.error,
    again: () => ballotKey && take(ballotKey),
    casting,
  }
}
