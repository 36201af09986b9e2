import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { thanksRoutes as routes } from '#shared/thanks/thanks.contract.ts'
import { queryFor } from '../../app/api.ts'
import { NoteCard } from '../../ui/NoteCard.tsx'
import classes from './Thanks.module.css'

/** As which host: signed in to a day, or by the link of a slot. */
export type ReceivedBy = { by: 'day'; dayId: string } | { by: 'slot'; token: string }

/** The cards a host keeps; nothing while there is none. */
export function ReceivedThanks({ by }: { by: ReceivedBy }) {
  const { t } = useTranslation('thanks')
  const bySession = useQuery({
    ...queryFor(routes.thanks, { params: { dayId: by.by === 'day' ? by.dayId : '' } }),
    enabled: by.by === 'day',
    retry: false,
  })
  const byLink = useQuery({
    ...queryFor(routes.receivedByLink, { params: { token: by.by === 'slot' ? by.token : '' } }),
    enabled: by.by === 'slot',
    retry: false,
  })
  const received = (by.by === 'day' ? bySession.data?.received : byLink.data) ?? []
  if (received.length === 0) return null
  const title = t('received', { count: received.length })
  return (
    <section className={classes.offer} aria-label={title}>
      <h2>{title}</h2>
      <ul className={classes.cards}>
        {received.map(({ id, words, from }) => (
          <li key={id}>
            <NoteCard from={from ?? t('unsigned')}>{words}</NoteCard>
          </li>
        ))}
      </ul>
    </section>
  )
}
