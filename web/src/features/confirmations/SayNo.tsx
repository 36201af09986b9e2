import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '#shared/confirmations/confirmations.contract.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { type AnswerBy, useAnswer } from './MeetingAnswer.tsx'

/**
 * « Je ne peux plus venir », « Je ne peux plus accueillir ». It asks once more and says what follows,
 * because it is final: the slot closes, or the place goes to somebody else.
 */
export function SayNo({
  meeting,
  by,
  relay = false,
}: {
  meeting: Meeting
  by: AnswerBy
  /** A host is reminded that a colleague could take over. */
  relay?: boolean
}) {
  const { t } = useTranslation('confirmations')
  const words = useWords()
  const [asking, setAsking] = useState(false)
  const answer = useAnswer(meeting, by)
  const side = meeting.kind === 'slot' ? 'host' : 'guest'
  const values = { names: words.list(meeting.company), count: meeting.company.length }
  return (
    <>
      <Refused error={answer.error} />
      <Button size="lg" fullWidth variant="default" onClick={() => setAsking(true)}>
        {t(`${side}.no`)}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => answer.mutate('no', { onSettled: () => setAsking(false) })}
        busy={answer.isPending}
        danger
        title={t(`${side}.ask.title`)}
        confirm={t(`${side}.ask.confirm`)}
        cancel={t('ask.cancel')}
        close={t('ask.close')}
      >
        <p>{t(`${side}.ask.text`, values)}</p>
        {relay && side === 'host' && <p>{t('host.ask.relay')}</p>}
      </ConfirmDialog>
    </>
  )
}
