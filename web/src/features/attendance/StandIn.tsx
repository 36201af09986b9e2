import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ComponentProps, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { arrivalsRoutes as routes } from '#shared/attendance/attendance.arrivals.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import classes from './Arrivals.module.css'

/** A colleague who stands there and has said yes takes over, in one tap of who looks after the site. */
export function StandIn(slot: { siteId: string; dayId: string; slotId: string; hostName: string }) {
  const { t } = useTranslation('attendance')
  const [asked, ask] = useState(false)
  if (asked) return <Colleagues {...slot} onClose={() => ask(false)} />
  return (
    <Button variant="default" size="sm" onClick={() => ask(true)}>
      {t('standIn.open', { host: slot.hostName })}
    </Button>
  )
}

function Colleagues({
  siteId,
  dayId,
  slotId,
  hostName,
  onClose,
}: ComponentProps<typeof StandIn> & { onClose: () => void }) {
  const { t } = useTranslation(['attendance', 'app'])
  const colleagues = useQuery(queryFor(routes.standIns, { params: { slotId } }))
  const name = useCall(routes.nameStandIn)
  const named = name.isPending ? name.variables.body.personId : undefined
  return (
    <div className={classes.standIn}>
      <h3>{t('standIn.title')}</h3>
      <Answered query={colleagues}>
        {(free) => (
          <>
            <p className={classes.soft}>
              {t(free.length === 0 ? 'standIn.nobody' : 'standIn.how', { host: hostName })}
            </p>
            {free.length === 0 && (
              <Button component={Link} to={`/sites/${siteId}/journees/${dayId}` as '/'}>
                {t('arrivals.site.offers')}
              </Button>
            )}
            <Refused error={name.error} />
            {free.map((one) => (
              <Button
                key={one.id}
                variant="default"
                loading={named === one.id}
                disabled={name.isPending}
                onClick={() =>
                  name.mutate(
                    { params: { slotId }, body: { personId: one.id } },
                    { onSuccess: onClose },
                  )
                }
              >
                {t('standIn.agrees', { name: one.name })}
              </Button>
            ))}
          </>
        )}
      </Answered>
      <Button variant="subtle" color="ink" onClick={onClose}>
        {t('app:cancel')}
      </Button>
    </div>
  )
}
