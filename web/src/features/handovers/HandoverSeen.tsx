import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { handoversRoutes as routes } from '#shared/handovers/handovers.contract.ts'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import classes from './Handovers.module.css'

/** For who looks after a site: this slot changes hands, or has. Nothing where it does not. */
export function HandoverSeen({
  dayId,
  slotId,
  timeZone,
}: {
  dayId: string
  slotId: string
  timeZone: string
}) {
  const { t } = useTranslation('handovers')
  const words = useWords()
  const seen = useQuery(queryFor(routes.ofDay, { params: { dayId } }))
  const handover = seen.data?.find((one) => one.slotId === slotId)
  if (!handover) return null
  const until = words.until(handover.expiresAt, timeZone)
  return <p className={classes.soft}>{t(`seen.${handover.status}`, { ...handover, until })}</p>
}
