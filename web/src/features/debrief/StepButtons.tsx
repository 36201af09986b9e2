import { Button } from '@mantine/core'
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Room, debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { type Step, steps } from '#shared/debrief/debrief.vocabulary.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import classes from './Debrief.module.css'
import { deskKeys } from './debrief.api.ts'

/** One big button on, one back: all a director needs in front of a room. */
export function StepButtons({ room }: { room: Room }) {
  const { t } = useTranslation('debrief')
  const go = useCall(routes.step, { refresh: deskKeys(room.dayId) })
  const place = steps.indexOf(room.step)
  const next = steps[place + 1]
  // The room has seen the result: the vote does not open again.
  const back = room.step === 'decide' ? undefined : steps[place - 1]
  const press = (to: Step) =>
    go.mutate({ params: { dayId: room.dayId }, body: { from: room.step, to } })
  return (
    <div className={classes.stepButtons}>
      <Refused error={go.error} />
      <div>
        {back && (
          <Button
            variant="default"
            size="lg"
            leftSection={<IconArrowLeft size={20} aria-hidden />}
            disabled={go.isPending}
            onClick={() => press(back)}
          >
            {t('step.back')}
          </Button>
        )}
        {next && (
          <Button
            size="xl"
            // Actions come first: closing too early sends the room home undecided.
            variant={room.step === 'decide' ? 'default' : 'filled'}
            rightSection={<IconArrowRight size={24} aria-hidden />}
            loading={go.isPending}
            onClick={() => press(next)}
          >
            {t(`step.to.${next}`)}
          </Button>
        )}
      </div>
    </div>
  )
}
