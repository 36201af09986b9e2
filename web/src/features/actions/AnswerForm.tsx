import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Action, longestWords } from '#shared/actions/actions.contract.ts'
import { type ActionStatus, actionStatuses } from '#shared/actions/actions.vocabulary.ts'
import { Refused } from '../../app/Refused.tsx'
import { Choices } from '../../ui/Choices.tsx'
import { useSpoken, type Voice } from './actions.api.ts'

/** A decision, progress, or « non, parce que »: one choice and a few words, in a minute. */
export function AnswerForm({
  action,
  voice,
  onDone,
}: {
  action: Action
  voice: Voice
  onDone: () => void
}) {
  const { t } = useTranslation(['actions', 'app'])
  const [status, setStatus] = useState<ActionStatus | undefined>(
    action.status === 'to-decide' ? undefined : action.status,
  )
  const [words, setWords] = useState('')
  const [isTried, setTried] = useState(false)
  const isNo = status === 'declined'
  const lacksReason = isNo && words.trim().length < 3
  const answer = useSpoken((chosen: ActionStatus) =>
    voice.answer(action, { version: action.version, status: chosen, words }),
  )
  const offered = actionStatuses.filter((one) => one !== 'to-decide' || action.status !== one)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (status && !lacksReason) answer.mutate(status, { onSuccess: onDone })
      }}
    >
      <Stack>
        <Choices
          legend={t('answer.legend')}
          layout="list"
          {...(isTried && !status ? { error: t('answer.choose') } : {})}
          options={offered.map((one) => ({ value: one, label: t(`answer.${one}`) }))}
          value={status}
          onChange={setStatus}
        />
        <Textarea
          label={t(isNo ? 'answer.reason' : 'answer.words')}
          description={t(isNo ? 'answer.reasonHint' : 'answer.wordsHint')}
          error={isTried && lacksReason ? t('answer.reasonMissing') : undefined}
          maxLength={longestWords}
          autosize
          minRows={2}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Refused error={answer.error} />
        <Group>
          <Button type="submit" loading={answer.isPending}>
            {t('answer.send')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('app:cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
