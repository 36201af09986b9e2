import { Button, Checkbox, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Card,
  longestThanks,
  type OwnThanks,
  thanksRoutes as routes,
} from '#shared/thanks/thanks.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { NoteCard } from '../../ui/NoteCard.tsx'
import type { ThanksBy } from './ThankHost.tsx'
import classes from './Thanks.module.css'

/** One line, signed or not. It needs the network: what is typed stays until it is sent. */
export function CardForm({
  by,
  own,
  onDone,
}: {
  by: ThanksBy
  own: OwnThanks
  onDone: () => void
}) {
  const { t } = useTranslation(['thanks', 'app'])
  const say = useWords()
  const [words, setWords] = useState(own.card?.words ?? '')
  const [signed, setSigned] = useState(own.card?.signed ?? true)
  const [isTried, setTried] = useState(false)
  const isEmpty = words.trim() === ''
  const { write, isPending, error } = useWriting(by)
  const { hostFirstName: host } = own
  return (
    <form
      className={classes.offer}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!isEmpty) write({ words, signed }, onDone)
      }}
    >
      <NoteCard from={signed && t('you')}>
        <Textarea
          label={t('words', { host })}
          description={t('wordsHint')}
          error={isTried && isEmpty ? t('empty') : undefined}
          maxLength={longestThanks}
          autosize
          minRows={2}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </NoteCard>
      <Checkbox
        label={t('sign')}
        description={signed ? undefined : t(own.onlyGuest ? 'onlyGuest' : 'unsignedWhy', { host })}
        checked={signed}
        onChange={(event) => setSigned(event.currentTarget.checked)}
      />
      <p className={classes.quiet}>{t('apart', { host, date: say.date(own.leavesOn) })}</p>
      <Refused error={error} />
      <Group>
        <Button type="submit" loading={isPending}>
          {t('send')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('app:cancel')}
        </Button>
      </Group>
    </form>
  )
}

function useWriting(by: ThanksBy) {
  const bySession = useCall(routes.write)
  const byLink = useCall(routes.writeByLink)
  const { isPending, error } = by.by === 'day' ? bySession : byLink
  const write = (body: Card, onSuccess: () => void) =>
    by.by === 'day'
      ? bySession.mutate({ params: { dayId: by.dayId }, body }, { onSuccess })
      : byLink.mutate({ params: { token: by.token }, body }, { onSuccess })
  return { write, isPending, error }
}
