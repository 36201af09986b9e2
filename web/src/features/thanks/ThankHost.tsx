import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type OwnThanks, thanksRoutes as routes } from '#shared/thanks/thanks.contract.ts'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { NoteCard } from '../../ui/NoteCard.tsx'
import { CardForm } from './CardForm.tsx'
import classes from './Thanks.module.css'

/** As which guest: signed in to a day, or by the link of a place. */
export type ThanksBy = { by: 'day'; dayId: string } | { by: 'placement'; token: string }

/** « Un mot pour Marion ? »: nothing for whoever has nobody to thank, or not yet. */
export function ThankHost({ by, open = false }: { by: ThanksBy; open?: boolean }) {
  const own = useOwnThanks(by)
  if (!own || (own.card === null && own.state !== 'open')) return null
  return <Offer by={by} own={own} open={open} />
}

function useOwnThanks(by: ThanksBy): OwnThanks | null | undefined {
  const bySession = useQuery({
    ...queryFor(routes.thanks, { params: { dayId: by.by === 'day' ? by.dayId : '' } }),
    enabled: by.by === 'day',
    retry: false,
  })
  const byLink = useQuery({
    ...queryFor(routes.ownByLink, { params: { token: by.by === 'placement' ? by.token : '' } }),
    enabled: by.by === 'placement',
    retry: false,
  })
  return by.by === 'day' ? bySession.data?.own : byLink.data
}

function Offer({ by, own, open }: { by: ThanksBy; own: OwnThanks; open: boolean }) {
  const { t } = useTranslation('thanks')
  const words = useWords()
  const [writing, setWriting] = useState(open && own.card === null)
  const { hostFirstName: host, card, state } = own
  const values = { host, date: words.date(own.leavesOn) }
  const title = state === 'left' ? t('left', values) : t(card ? 'waits' : 'offer', values)
  return (
    <section className={classes.offer} aria-label={title}>
      <h2>{title}</h2>
      {writing ? (
        <CardForm by={by} own={own} onDone={() => setWriting(false)} />
      ) : (
        <>
          {card && <NoteCard from={card.signed && t('you')}>{card.words}</NoteCard>}
          {state === 'open' && (
            <>
              <p className={classes.quiet}>{t(card ? 'waitsWhy' : 'offerWhy', values)}</p>
              <Group>
                <Button variant="default" onClick={() => setWriting(true)}>
                  {t(card ? 'rewrite' : 'write')}
                </Button>
                {card && <TakeBack by={by} />}
              </Group>
            </>
          )}
        </>
      )}
    </section>
  )
}

function TakeBack({ by }: { by: ThanksBy }) {
  const { t } = useTranslation('thanks')
  const bySession = useCall(routes.withdraw)
  const byLink = useCall(routes.withdrawByLink)
  const { isPending, error } = by.by === 'day' ? bySession : byLink
  const takeBack = () =>
    by.by === 'day'
      ? bySession.mutate({ params: { dayId: by.dayId } })
      : byLink.mutate({ params: { token: by.token } })
  return (
    <>
      <Button variant="subtle" loading={isPending} onClick={takeBack}>
        {t('takeBack')}
      </Button>
      <Refused error={error} />
    </>
  )
}
