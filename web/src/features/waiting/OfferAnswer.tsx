import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '#shared/confirmations/confirmations.contract.ts'
import { waitingRoutes as routes, type SeatOfferSeen } from '#shared/waiting/waiting.contract.ts'
import { call } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import classes from './Waiting.module.css'

/** By the link of a mail, or signed in. */
export type OfferBy = { token: string } | 'session'

/** Until when the place is held, and the two buttons; a no asks once more, because it is final. */
export function OfferAnswer({
  offer,
  by,
  timeZone,
}: {
  offer: SeatOfferSeen
  by: OfferBy
  timeZone: string
}) {
  const { t } = useTranslation('waiting')
  const words = useWords()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const answer = useMutation({
    mutationFn: async (said: Answer) => {
      const body = { answer: said }
      if (by === 'session') {
        await call(routes.answerOffer, { params: { offerId: offer.id }, body })
      } else await call(routes.answerOfferLink, { params: by, body })
    },
    // Also after a refusal: it says that things have changed meanwhile.
    onSettled: async () => {
      setAsking(false)
      await client.invalidateQueries({ queryKey: ['api'] })
    },
  })
  return (
    <div className={classes.answer}>
      <Notice title={t('offer.held', { until: words.until(offer.expiresAt, timeZone) })}>
        {t('offer.heldText')}
      </Notice>
      <Refused error={answer.error} />
      <Button
        size="lg"
        fullWidth
        loading={answer.isPending && answer.variables === 'yes'}
        onClick={() => answer.mutate('yes')}
      >
        {t('offer.yes')}
      </Button>
      <Button size="lg" fullWidth variant="default" onClick={() => setAsking(true)}>
        {t('offer.no')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => answer.mutate('no')}
        busy={answer.isPending}
        title={t('offer.ask.title')}
        confirm={t('offer.ask.confirm')}
        cancel={t('offer.ask.cancel')}
        close={t('close')}
      >
        {t('offer.ask.text')}
      </ConfirmDialog>
    </div>
  )
}
