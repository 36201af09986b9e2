import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  type Finding,
  findingsRoutes as routes,
  type SeenCard,
} from '#shared/findings/findings.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { BottomBar } from '../../ui/Page.tsx'

/** What was just done, so that it can be undone. */
export interface Gathered {
  finding: Finding
  cards: SeenCard[]
  /** Otherwise they joined one that was there. */
  isNew: boolean
}

/** Says what happened, under the thumb, with its way back: what was chosen is chosen again. */
export function JustGathered({
  dayId,
  gathered,
  onUndone,
}: {
  dayId: string
  gathered: Gathered
  onUndone: () => void
}) {
  const { t } = useTranslation('findings')
  const dissolve = useCall(routes.dissolve)
  const remove = useCall(routes.removeObservations)
  const { finding, cards, isNew } = gathered
  const params = { dayId, findingId: finding.id }
  const undo = () =>
    isNew
      ? dissolve.mutate({ params }, { onSuccess: onUndone })
      : remove.mutate(
          { params, body: { observationIds: cards.map(({ id }) => id) } },
          { onSuccess: onUndone },
        )
  return (
    <BottomBar
      note={
        <div role="status">
          <strong>{t('gathered', { count: cards.length, title: finding.title })}</strong>
          <Refused error={dissolve.error ?? remove.error} />
        </div>
      }
    >
      <Button variant="default" loading={dissolve.isPending || remove.isPending} onClick={undo}>
        {t('undo')}
      </Button>
    </BottomBar>
  )
}
