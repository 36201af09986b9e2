import { Button, Checkbox, Group, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Card, longestThanks, type OwnThanks } from '#shared/thanks/thanks.contract.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { NoteCard } from '../../ui/NoteCard.tsx'
import classes from './Thanks.module.css'
import type { KeptCard } from './thanks.entry.ts'
import { postCard } from './thanks.outbox.ts'

/** One line, signed or not. Sent at once, or kept on this device until it can be. */
export function CardForm({
  door,
  own,
  card,
  onDone,
}: {
  door: KeptCard['door']
  own: OwnThanks
  /** What was written before, if anything. */
  card: Card | null
  onDone: () => void
}) {
  const { t } = useTranslation(['thanks', 'app'])
  const say = useWords()
  const [words, setWords] = useState(card?.words ?? '')
  const [signed, setSigned] = useState(card?.signed ?? true)
  const [isTried, setTried] = useState(false)
  const isEmpty = words.trim() === ''
  const client = useQueryClient()
  const write = useMutation({
    mutationFn: (written: Card) => postCard({ how: 'card', door, card: written }),
    onSuccess: () => {
      onDone()
      return client.invalidateQueries({ queryKey: ['api'] })
    },
  })
  const { hostFirstName: host } = own
  return (
    <form
      className={classes.offer}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!isEmpty) write.mutate({ words: words.trim(), signed })
      }}
    >
      <NoteCard from={signed && own.firstName}>
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
      <Refused error={write.error} />
      <Group>
        <Button type="submit" loading={write.isPending}>
          {t('send')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('app:cancel')}
        </Button>
      </Group>
    </form>
  )
}
