import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Room, debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Panel } from '../../ui/Page.tsx'
import classes from './Debrief.module.css'
import { deskKeys } from './debrief.api.ts'

/** One heart makes a choice, five a survey: what directors choose between. */
const offered = ['1', '2', '3', '4', '5']

/** How many hearts each may give; settled once the vote has begun. */
export function HeartsChoice({ room }: { room: Room }) {
  const { t } = useTranslation('debrief')
  const { dayId } = room
  const set = useCall(routes.open, { refresh: deskKeys(dayId) })
  const settled = room.step !== 'read' && room.step !== 'group'
  return (
    <Panel>
      <p id="hearts-each" className={classes.panelTitle}>
        {t('hearts.label')}
      </p>
      <SegmentedControl
        aria-labelledby="hearts-each"
        fullWidth
        data={offered}
        value={String(room.hearts)}
        disabled={settled || set.isPending}
        onChange={(value) => set.mutate({ params: { dayId }, body: { hearts: Number(value) } })}
      />
      <p className={classes.small}>{settled ? t('hearts.settled') : t('hearts.why')}</p>
      <Refused error={set.error} />
    </Panel>
  )
}
