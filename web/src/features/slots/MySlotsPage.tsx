import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import { slotsRoutes } from '#shared/slots/slots.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, Row, Section } from '../../ui/Page.tsx'
import { RenewLink } from '../confirmations/RenewLink.tsx'
import { ReceivedThanks } from '../thanks/ReceivedThanks.tsx'
import { OfferCard } from './OfferCard.tsx'
import { firstDetails, SlotForm } from './SlotForm.tsx'
import classes from './Slots.module.css'

/** A host who signs in: what they offered, and one more offer. */
export function MySlotsPage() {
  const { t } = useTranslation('slots')
  const words = useWords()
  const { dayId } = useParams({ from: '/journees/$dayId/mes-creneaux' })
  const query = useQuery(queryFor(slotsRoutes.mySlots, { params: { dayId } }))
  const meetings = useQuery(queryFor(confirmationsRoutes.myMeetings, { params: { dayId } }))
  // Nobody hosts twice at an hour: it tells which meeting a slot is.
  const meetingOf = ({ startsAt }: { startsAt: Date }) =>
    meetings.data?.find(
      (one) =>
        one.kind === 'slot' && one.state === 'open' && Number(one.startsAt) === Number(startsAt),
    )
  const offer = useCall(slotsRoutes.offerSlot)
  const [offering, setOffering] = useState(false)
  return (
    <Page title={t('mine.title')} lead={t('mine.lead')}>
      <Answered query={query} shape="cards">
        {({ slots, canOffer }) => {
          const initial = canOffer && firstDetails(canOffer.day.periods)
          const open = canOffer && !canOffer.day.settled && !canOffer.day.offersClosed
          return (
            <Stack gap="xl">
              <ReceivedThanks by={{ by: 'day', dayId }} />
              {slots.length === 0 && !offering && (
                <EmptyState
                  title={t('mine.none')}
                  drawing="heart"
                  action={
                    open && <Button onClick={() => setOffering(true)}>{t('mine.offer')}</Button>
                  }
                >
                  {canOffer ? t('mine.noneWhy') : t('mine.noRole')}
                </EmptyState>
              )}
              {slots.length > 0 && (
                <Row min="18rem">
                  {slots.map((slot) => (
                    <Stack key={slot.id} gap="sm">
                      <OfferCard slot={slot} />
                      <Button
                        component={Link}
                        to="/creneau/$token"
                        params={{ token: slot.token } as never}
                        variant={slot.status === 'proposed' ? 'filled' : 'default'}
                      >
                        {t(slot.status === 'proposed' ? 'mine.answer' : 'mine.open', {
                          status: t(`status.${slot.status}`),
                        })}
                      </Button>
                      {(meetingOf(slot) || slot.status === 'proposed') && (
                        <RenewLink meeting={{ kind: 'slot', id: slot.id }} />
                      )}
                    </Stack>
                  ))}
                </Row>
              )}
              {slots.length > 0 && open && !offering && (
                <div>
                  <Button variant="default" onClick={() => setOffering(true)}>
                    {t('mine.offerAnother')}
                  </Button>
                </div>
              )}
              {offering && canOffer && initial && (
                <Section
                  title={t('mine.formTitle', { role: words.name(canOffer.role) })}
                  lead={t('mine.formLead', {
                    site: canOffer.site.name,
                    date: words.date(canOffer.day.date),
                  })}
                >
                  <div className={classes.deck}>
                    <SlotForm
                      periods={canOffer.day.periods}
                      initial={initial}
                      submit={t('mine.submit')}
                      busy={offer.isPending}
                      refused={<Refused error={offer.error} />}
                      aside={
                        <Button variant="subtle" color="ink" onClick={() => setOffering(false)}>
                          {t('host.back')}
                        </Button>
                      }
                      onSubmit={(body) =>
                        offer.mutate(
                          { params: { dayId }, body },
                          { onSuccess: () => setOffering(false) },
                        )
                      }
                    />
                  </div>
                </Section>
              )}
            </Stack>
          )
        }}
      </Answered>
    </Page>
  )
}
