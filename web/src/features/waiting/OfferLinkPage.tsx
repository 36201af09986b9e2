import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type LinkedOffer, waitingRoutes as routes } from '#shared/waiting/waiting.contract.ts'
import { ApiProblem, queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { Loading } from '../../ui/Loading.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { OfferAnswer } from './OfferAnswer.tsx'
import { SeatCard } from './SeatCard.tsx'

/** Where the mail of an offer leads, without any account. Opening it changes nothing. */
export function OfferLinkPage() {
  const { t } = useTranslation('waiting')
  const { token } = useParams({ from: '/offre/$token' })
  const offer = useQuery({ ...queryFor(routes.offerLink, { params: { token } }), retry: false })
  if (offer.data) return <Offer offer={offer.data} token={token} />
  if (offer.isPending) return <Loading label={t('loading')} shape="cards" count={1} />
  const stale = offer.error instanceof ApiProblem && offer.error.problem.code === 'link-expired'
  return (
    <Page title={t(stale ? 'stale.title' : 'failed.title')} width="narrow">
      <Notice tone={stale ? 'info' : 'error'} title={offer.error.message}>
        {t(stale ? 'stale.text' : 'failed.text')}
      </Notice>
    </Page>
  )
}

function Offer({ offer, token }: { offer: LinkedOffer; token: string }) {
  const { t } = useTranslation('waiting')
  const words = useWords()
  const { day, seat } = offer
  const became = fateOf(offer)
  const values = {
    host: seat.hostFirstName,
    hour: words.hour(seat.startsAt, day.timeZone),
    site: seat.site.name,
  }
  const kicker = `${day.name} · ${words.fullDate(day.date)}`
  if (!became) {
    const lead = t('offer.hello', { name: offer.firstName })
    return (
      <Page title={t('offer.title')} kicker={kicker} lead={lead} width="narrow">
        <Stack gap="lg" align="center">
          <SeatCard seat={seat} timeZone={day.timeZone} />
          <OfferAnswer offer={offer} by={{ token }} timeZone={day.timeZone} />
        </Stack>
      </Page>
    )
  }
  return (
    <Page title={t(`became.${became}.title`)} kicker={kicker} width="narrow">
      <Stack gap="lg" align="center">
        {became === 'accepted' && <SeatCard seat={seat} timeZone={day.timeZone} />}
        <Notice
          tone={became === 'accepted' ? 'success' : 'info'}
          title={t(`became.${became}.text`, values)}
          action={
            <Button component={Link} to={`/journees/${day.id}/ma-carte` as '/'} variant="default">
              {t('became.card')}
            </Button>
          }
        />
      </Stack>
    </Page>
  )
}

/** What became of an offer, in the words of the catalogue; nothing while it can be answered. */
function fateOf({ status, withdrawnReason, day, placed }: LinkedOffer) {
  if (day.cancelled) return 'day-cancelled'
  if (day.over) return 'over'
  if (status === 'pending') return undefined
  if (status === 'accepted') return placed ? 'accepted' : 'gone'
  return status === 'withdrawn' ? (withdrawnReason ?? 'slot-gone') : status
}
