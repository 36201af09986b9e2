import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { slotsRoutes } from '#shared/slots/slots.contract.ts'
import { call } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Page } from '../../ui/Page.tsx'
import { PrintSheet } from '../../ui/PrintSheet.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import classes from './Slots.module.css'

/** Cards to print for colleagues without mail: a code to type, or a picture to scan. */
export function CardsPage() {
  const { t } = useTranslation(['slots', 'app'])
  const params = useParams({ from: '/sites/$siteId/journees/$dayId/cartes' })
  const words = useWords()
  const { siteId, dayId } = params
  // A POST, because printing cards is recorded; asked once, when the page opens.
  const cards = useMutation({
    mutationFn: () => call(slotsRoutes.cards, { params: { siteId, dayId } }),
  })
  const { mutate } = cards
  useEffect(() => mutate(), [mutate])
  return (
    <Page
      title={t('cards.title')}
      lead={t('cards.lead')}
      back={
        <Link to="/sites/$siteId/journees/$dayId" params={params}>
          {t('cards.back')}
        </Link>
      }
      action={
        cards.data &&
        cards.data.length > 0 && (
          <Button data-print="hide" onClick={() => window.print()}>
            {t('cards.print')}
          </Button>
        )
      }
    >
      {cards.isError && <Refused error={cards.error} />}
      {!cards.data && !cards.isError && <Loading label={t('app:loading')} shape="cards" />}
      {cards.data?.length === 0 && (
        <EmptyState title={t('cards.none')}>{t('cards.noneWhy')}</EmptyState>
      )}
      {cards.data && cards.data.length > 0 && (
        <PrintSheet
          cards={cards.data.map((card) => ({
            id: card.slotId,
            kicker: words.name({ nameFr: card.roleNameFr, nameEn: card.roleNameEn }),
            title: card.hostName,
            lines: [
              t('cards.line', {
                date: words.dayOf(card.startsAt, card.timeZone),
                hours: words.hours(card, card.timeZone),
              }),
            ],
            codeLabel: t('cards.code'),
            code: card.code,
            foot: `${window.location.host}/carte`,
            picture: (
              <div className={classes.qr}>
                <QrCode of={card.link} label={t('cards.scan')} />
              </div>
            ),
          }))}
        />
      )}
    </Page>
  )
}
