import { Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type OwnThanks, thanksRoutes as routes } from '#shared/thanks/thanks.contract.ts'
import { useCall } from '../../app/api.ts'
import { keptQuery } from '../../app/kept.ts'
import { Refused } from '../../app/Refused.tsx'
import { useMe } from '../../app/session.ts'
import { useWords } from '../../app/words.ts'
import { NoteCard } from '../../ui/NoteCard.tsx'
import { CardForm } from './CardForm.tsx'
import classes from './Thanks.module.css'
import { type KeptCard, keyOf, type ThanksBy } from './thanks.entry.ts'
import { forgetCard, postCard, useKeptCards } from './thanks.outbox.ts'

/** « Un mot pour Marion ? »: nothing for whoever has nobody to thank, or not yet. */
export function ThankHost({ by, open = false }: { by: ThanksBy; open?: boolean }) {
  const me = useMe()
  const own = useOwnThanks(by)
  const door = by.by === 'placement' ? by : me && { ...by, accountId: me.accountId }
  const waiting = useKeptCards().find((one) => door && keyOf(one.door) === keyOf(door))
  if (!own || !door) return null
  if (own.card === null && !waiting && !isOpenNow(own)) return null
  return <Offer by={by} door={door} own={own} waiting={waiting} open={open} />
}

/** What was read with the network before they met opens without it afterwards. */
function isOpenNow({ state, opensAt, closesAt }: OwnThanks): boolean {
  const now = new Date()
  return state === 'open' || (state === 'early' && opensAt <= now && now < closesAt)
}

function useOwnThanks(by: ThanksBy): OwnThanks | null | undefined {
  const bySession = useQuery({
    ...keptQuery(
      routes.thanks,
      { params: { dayId: by.by === 'day' ? by.dayId : '' } },
      ({ own }) => own?.closesAt ?? new Date(0),
    ),
    enabled: by.by === 'day',
    retry: false,
  })
  const byLink = useQuery({
    ...keptQuery(
      routes.ownByLink,
      { params: { token: by.by === 'placement' ? by.token : '' } },
      ({ closesAt }) => closesAt,
    ),
    enabled: by.by === 'placement',
    retry: false,
  })
  return by.by === 'day' ? bySession.data?.own : byLink.data
}

function Offer({
  by,
  door,
  own,
  waiting,
  open,
}: {
  by: ThanksBy
  door: KeptCard['door']
  own: OwnThanks
  /** The card as it waits on this device: newer than what the server has. */
  waiting: KeptCard | undefined
  open: boolean
}) {
  const { t } = useTranslation('thanks')
  const words = useWords()
  const card = waiting?.card ?? own.card
  const [writing, setWriting] = useState(open && card === null)
  const { hostFirstName: host } = own
  const left = own.state === 'left'
  const values = { host, date: words.date(own.leavesOn) }
  const title = left ? t('left', values) : t(card ? 'waits' : 'offer', values)
  return (
    <section className={classes.offer} aria-label={title}>
      <h2>{title}</h2>
      {writing ? (
        <CardForm door={door} own={own} card={card} onDone={() => setWriting(false)} />
      ) : (
        <>
          {card && <NoteCard from={card.signed && own.firstName}>{card.words}</NoteCard>}
          {waiting && <Kept waiting={waiting} />}
          {isOpenNow(own) && (
            <>
              {!waiting && (
                <p className={classes.quiet}>{t(card ? 'waitsWhy' : 'offerWhy', values)}</p>
              )}
              <Group>
                <Button variant="default" onClick={() => setWriting(true)}>
                  {t(card ? 'rewrite' : 'write')}
                </Button>
                {own.card && !waiting && <TakeBack by={by} />}
              </Group>
            </>
          )}
        </>
      )}
    </section>
  )
}

/** Where a card is that has not left this device, and what its author can do about it. */
function Kept({ waiting }: { waiting: KeptCard }) {
  const { t } = useTranslation('thanks')
  const client = useQueryClient()
  const again = useMutation({
    mutationFn: () => {
      const { refused: _, ...card } = waiting
      return postCard(card)
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['api'] }),
  })
  return (
    <>
      <p role="status" className={classes.quiet}>
        {waiting.refused ?? t('kept')}
      </p>
      <Refused error={again.error} />
      <Group>
        <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
          {t('sendNow')}
        </Button>
        <Button variant="subtle" onClick={() => void forgetCard(waiting.door)}>
          {t('takeBack')}
        </Button>
      </Group>
    </>
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
