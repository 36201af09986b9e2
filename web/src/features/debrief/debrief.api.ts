import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Room, debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { call, Unreachable } from '../../app/api.ts'
import { i18n } from '../../app/i18n.ts'
import { blindedOf, newBallot, signatureOf } from './debrief.ballot.ts'
import { type KeptBallot, keepBallot, keptBallot } from './debrief.device.ts'

/** Six of Crockford’s base 32 as somebody typed them: O is 0, I and L are 1, spaces do not count. */
export const readRoomCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')

export const deskKeys = (dayId: string) => [['api', 'days', dayId, 'debrief']]
export const roomKeys = (code: string) => [['api', 'debriefs', code]]

const triedAgainAfterMs = 2_000

/**
 * This device’s ballot: asked for as soon as somebody is in the room, long before the vote, so that
 * the order in which ballots are given says nothing about the order in which they are cast.
 */
export function useBallot(room: Room) {
  const { code, ballotKey } = room
  const [ballot, setBallot] = useState(() => keptBallot(code))
  const signed = ballot?.signature !== undefined
  const asked = ballotKey !== null && room.step !== 'count' && !signed
  const taking = useMutation({
    mutationFn: async (modulus: string) => {
      // Kept before it is sent: a retry, or another tab, asks for the same ballot.
      const mine: KeptBallot = keptBallot(code) ?? newBallot(modulus)
      keepBallot(code, mine)
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
    onSuccess: (taken) => {
      keepBallot(code, taken)
      setBallot(taken)
    },
  })
  const { mutate: take } = taking
  useEffect(() => {
    if (asked) take(ballotKey)
  }, [asked, ballotKey, take])

  const casting = useMutation({
    mutationFn: async (findingIds: string[]) => {
      const mine = keptBallot(code) ?? ballot
      if (!mine?.signature) throw new Error('no ballot')
      const body = { signature: mine.signature, findingIds }
      await call(routes.castBallot, { params: { code, ballotId: mine.id }, body })
      return { ...mine, cast: findingIds }
    },
    onSuccess: (cast) => {
      keepBallot(code, cast)
      setBallot(cast)
    },
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
