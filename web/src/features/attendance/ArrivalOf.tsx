import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScannedArrivals } from '#shared/attendance/attendance.arrivals.contract.ts'
import { ApiProblem } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { Loading } from '../../ui/Loading.tsx'
import { Notice } from '../../ui/Notice.tsx'
import classes from './Arrivals.module.css'

type Place = Omit<ScannedArrivals, 'guests'>

/** A meeting whose arrivals are said by link: which it is, or why nothing can be said now. */
export function ArrivalOf<T extends Place>({
  query,
  stale,
  children,
}: {
  query: UseQueryResult<T>
  /** What to do where the link has been replaced. */
  stale: string
  children: (data: T) => ReactNode
}) {
  const { t, i18n } = useTranslation('attendance')
  const words = useWords()
  const { data, error } = query
  if (!data && query.isPending) {
    return <Loading label={t('arrival.loading')} shape="cards" count={1} />
  }
  const code = error instanceof ApiProblem ? error.problem.code : undefined
  const replaced = code === 'link-expired' || code === 'link-renewed'
  const final = replaced || code === 'holder-left'
  // What was read before a colleague took over must not stay on the screen it was handed over from.
  if (!data || final) {
    return (
      <Notice tone={final ? 'info' : 'error'} title={error?.message ?? ''}>
        {replaced ? stale : !final && t('arrival.failed')}
      </Notice>
    )
  }
  return (
    <div className={classes.stack}>
      <p className={classes.place}>
        <strong>{i18n.language === 'en' ? data.roleEn : data.roleFr}</strong>
        <br />
        {data.siteName}, {words.hours(data, data.timeZone)}
      </p>
      {data.state === 'open' ? (
        children(data)
      ) : (
        <Notice title={t(`arrival.not.${data.state}`)}>
          {t(`arrival.notWhy.${data.state}`, { from: words.until(data.opensAt, data.timeZone) })}
        </Notice>
      )}
    </div>
  )
}
