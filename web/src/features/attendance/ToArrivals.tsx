import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { arrivalsRoutes as routes } from '#shared/attendance/attendance.arrivals.contract.ts'
import type { ArrivalState } from '#shared/attendance/attendance.vocabulary.ts'
import { queryFor } from '../../app/api.ts'

/** On the day, the first thing on a meeting’s page; nothing while it is not the hour. */
export function ToArrivals({ kind, token }: { kind: 'slot' | 'placement'; token: string }) {
  return kind === 'slot' ? <ToHostArrivals token={token} /> : <ToGuestArrival token={token} />
}

function ToHostArrivals({ token }: { token: string }) {
  const { t } = useTranslation('attendance')
  const found = useQuery(queryFor(routes.hostArrivals, { params: { token } }))
  return (
    <ToPage state={found.data?.state} to={`/creneau/${token}/arrivees`} label={t('arrivals.to')} />
  )
}

function ToGuestArrival({ token }: { token: string }) {
  const { t } = useTranslation('attendance')
  const found = useQuery(queryFor(routes.guestArrival, { params: { token } }))
  const label = t(found.data?.said ? 'arrival.toAgain' : 'arrival.to')
  return <ToPage state={found.data?.state} to={`/affectation/${token}/arrivee`} label={label} />
}

/** The same for a guest who is signed in. */
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
}: {
  state: ArrivalState | undefined
  to: string
  label: string
}) {
  if (state !== 'open') return null
  return (
    <Button component={Link} to={to as '/'} size="lg" fullWidth>
      {label}
    </Button>
  )
}
