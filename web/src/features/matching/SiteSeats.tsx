import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  matchingRoutes,
  type PlanPicture,
  type Studio,
} from '#shared/matching/matching.contract.ts'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import classes from './Studio.module.css'

/** What is read without asking for more. */
const fewSites = 8

/** How full each site is, those that need a look first; the hosts nobody visits by name, on demand. */
export function SiteSeats({
  studio,
  planId,
  sites,
}: {
  studio: Studio
  planId: string
  sites: PlanPicture['sites']
}) {
  const { t } = useTranslation('matching')
  const words = useWords()
  const [all, setAll] = useState(false)
  const [open, setOpen] = useState<string>()
  const shown = all ? sites : sites.slice(0, fewSites)
  return (
    <>
      <ul className={classes.sites}>
        {shown.map(({ siteId, name, seats, taken, idle }) => (
          <li key={siteId}>
            <span className={classes.siteHead}>
              <b>{name}</b>
              <span>
                {t('sites.taken', { taken: words.count(taken), seats: words.count(seats) })}
              </span>
            </span>
            <span className={classes.seatTrack} aria-hidden>
              <span style={{ width: `${(100 * taken) / Math.max(1, seats)}%` }} />
            </span>
            {idle > 0 ? (
              <button
                type="button"
                className={classes.idleButton}
                aria-expanded={open === siteId}
                onClick={() => setOpen(open === siteId ? undefined : siteId)}
              >
                {t('sites.idle', { count: idle })}
              </button>
            ) : (
              <small className={classes.quiet}>{t('sites.full')}</small>
            )}
            {open === siteId && <IdleHosts planId={planId} studio={studio} siteName={name} />}
          </li>
        ))}
      </ul>
      {sites.length > fewSites && (
        <div>
          <Button size="xs" variant="default" onClick={() => setAll(!all)}>
            {all ? t('sites.fewer') : t('sites.all', { count: sites.length })}
          </Button>
        </div>
      )}
    </>
  )
}

/** Hosts who said yes and whom nobody visits: worth a word before they hear of it. */
function IdleHosts({
  planId,
  studio,
  siteName,
}: {
  planId: string
  studio: Studio
  siteName: string
}) {
  const words = useWords()
  const idle = useQuery(queryFor(matchingRoutes.idleSlots, { params: { planId } }))
  return (
    <ul className={classes.nameList}>
      {(idle.data ?? [])
        .filter((slot) => slot.siteName === siteName)
        .map((slot) => (
          <li key={slot.slotId}>
            {slot.hostName}{' '}
            <small>
              {`${words.nameIn(studio.roles, slot.roleId)} · ${words.nameIn(studio.periods, slot.periodId)}`}
            </small>
          </li>
        ))}
    </ul>
  )
}
