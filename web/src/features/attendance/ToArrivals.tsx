import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { arrivalsRoutes as routes } from '#shared/attendance/attendance.arrivals.contract.ts'
import type { ArrivalState } from '#shared/attendance/attendance.vocabulary.ts'
import { queryFor } from '../../app/api.ts'
import type { AnswerBy } from '../confirmations/MeetingAnswer.tsx'

/** On the day, the first thing on a meeting’s page; nothing while it is not the hour. */
export function ToArrivals({ kind, token }: { kind: 'slot' | 'placement'; token: string }) {
  return kind === 'slot' ? <ToHostArrivals token={token} /> : <ToGuestArrival token={token} />
}

function ToHostArrivals({ token }: { token: string }) {
  const { t } = useTranslation('attendance')
  const found = useQuery(queryFor(routes.hostArrivals, { params: { token } }))
  return (
    <ToPage
      state={found.data?.state}
      to={`/creneau/${token}/arrivees`}
      label={t('arrivals.to')}
      quiet={isOver(found.data)}
    />
  )
}

function ToGuestArrival({ token }: { token: string }) {
  const { t } = useTranslation('attendance')
  const found = useQuery(queryFor(routes.guestArrival, { params: { token } }))
  const said = Boolean(found.data?.said)
  const label = t(said ? 'arrival.toAgain' : 'arrival.to')
  const to = `/affectation/${token}/arrivee`
  const quiet = said || isOver(found.data)
  return <ToPage state={found.data?.state} to={to} label={label} quiet={quiet} />
}

/** Once it has ended, what was seen comes first, and arriving is only set right. */
const isOver = (meeting: { endsAt: Date } | undefined) =>
  meeting !== undefined && meeting.endsAt <= new Date()

/** Whether arriving comes first now, for who came by a link: it can be said, and is not said yet. */
export function useArriving(kind: 'slot' | 'placement', token: string | undefined): boolean {
  const params = { token: token ?? '' }
  const asked = token !== undefined
  const slot = useQuery({
    ...queryFor(routes.hostArrivals, { params }),
    enabled: asked && kind === 'slot',
  })
  const placement = useQuery({
    ...queryFor(routes.guestArrival, { params }),
    enabled: asked && kind === 'placement',
  })
  if (kind === 'slot') return slot.data?.state === 'open'
  return placement.data?.state === 'open' && !placement.data.said
}

/** The same for a guest who is signed in. */
export function useMyArriving(dayId: string): boolean {
  const found = useQuery(queryFor(routes.myArrival, { params: { dayId } }))
  return useArriving('placement', found.data?.placementToken ?? undefined)
}

/** Whether a guest is known to be there; false until that is known, and where it is not `asked`. */
export function useArrived(dayId: string, by: AnswerBy, asked: boolean): boolean {
  const signedIn = by === 'session'
  const mine = useQuery({
    ...queryFor(routes.myArrival, { params: { dayId } }),
    enabled: asked && signedIn,
  })
  const token = signedIn ? (mine.data?.placementToken ?? '') : by.token
  const { data } = useQuery({
    ...queryFor(routes.guestArrival, { params: { token } }),
    enabled: asked && token !== '',
  })
  return data?.said === 'present' || data?.said === 'partly'
}

/** The way to say « je suis là » for a guest who is signed in. */
export function ToMyArrival({ dayId }: { dayId: string }) {
  const found = useQuery(queryFor(routes.myArrival, { params: { dayId } }))
  const token = found.data?.placementToken
  return token ? <ToGuestArrival token={token} /> : null
}

/** The same for a host who is signed in. */
export function ToMyGuests({ dayId, slotId }: { dayId: string; slotId: string }) {
  const found = useQuery(queryFor(routes.myArrival, { params: { dayId } }))
  const token = found.data?.slots.find((one) => one.slotId === slotId)?.token
  return token ? <ToHostArrivals token={token} /> : null
}

/** For who looks after a site, on the day. */
export function ToSiteArrivals({ dayId, siteId }: { dayId: string; siteId: string }) {
  const { t } = useTranslation('attendance')
  const found = useQuery(queryFor(routes.board, { params: { dayId } }))
  const to = `/sites/${siteId}/journees/${dayId}/arrivees`
  return <ToPage state={found.data?.state} to={to} label={t('arrivals.toSite')} />
}

function ToPage({
  state,
  to,
  label,
  quiet = false,
}: {
  state: ArrivalState | undefined
  to: string
  label: string
  /** It has been done, or is over: something else comes first now. */
  quiet?: boolean
}) {
  if (state !== 'open') return null
  return (
    <Button
      component={Link}
      to={to as '/'}
      size="lg"
      fullWidth
      variant={quiet ? 'default' : 'filled'}
    >
      {label}
    </Button>
  )
}
