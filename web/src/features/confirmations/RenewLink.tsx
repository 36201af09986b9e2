import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Meeting,
  confirmationsRoutes as routes,
} from '#shared/confirmations/confirmations.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Notice } from '../../ui/Notice.tsx'

/**
 * Takes away the link mailed about a meeting, because it was passed on, and mails the next.
 * @param of whose link: the reader’s own, or somebody’s name where a director reads.
 */
export function RenewLink({ meeting, of }: { meeting: Pick<Meeting, 'kind' | 'id'>; of?: string }) {
  const { t } = useTranslation('confirmations')
  const [asking, setAsking] = useState(false)
  const slot = useCall(routes.renewSlotLink)
  const placement = useCall(routes.renewPlacementLink)
  const renew = meeting.kind === 'slot' ? slot : placement
  const done = { onSettled: () => setAsking(false) }
  const send = () =>
    meeting.kind === 'slot'
      ? slot.mutate({ params: { slotId: meeting.id } }, done)
      : placement.mutate({ params: { placementId: meeting.id } }, done)
  const who = of ? 'other' : 'own'
  return (
    <>
      <Refused error={renew.error} />
      {renew.data ? (
        <Notice tone="success" title={t('renew.done')}>
          {t(renew.data.mailed ? `renew.${who}.mailed` : 'renew.card', { name: of })}
        </Notice>
      ) : (
        <Button variant="subtle" color="ink" onClick={() => setAsking(true)}>
          {t(`renew.${who}.button`, { name: of })}
        </Button>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={send}
        busy={renew.isPending}
        title={t('renew.title')}
        confirm={t('renew.confirm')}
        cancel={t('renew.cancel')}
        close={t('ask.close')}
      >
        {t(`renew.${who}.text`, { name: of })}
      </ConfirmDialog>
    </>
  )
}
