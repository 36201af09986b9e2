import { Badge, Button, Stack, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Offer, type SiteOffers, slotsRoutes } from '#shared/slots/slots.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { HeartMeter } from '../../ui/HeartMeter.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ToSiteArrivals } from '../attendance/ToArrivals.tsx'
import { HandoverSeen } from '../handovers/HandoverSeen.tsx'
import { MoveDialog } from './MoveDialog.tsx'
import { SiteCaps } from './SiteCaps.tsx'
import classes from './Slots.module.css'

/** The coordinator's page: whom the site lets host, and how many visitors it takes. */
export function SiteOffersPage() {
  const { t } = useTranslation('slots')
  const { siteId, dayId } = useParams({ from: '/sites/$siteId/journees/$dayId' })
  const query = useQuery(queryFor(slotsRoutes.siteOffers, { params: { dayId, siteId } }))
  const site = query.data?.site
  return (
    <Page
      title={site ? t('site.title', { site: site.name }) : t('site.waiting')}
      lead={t('site.lead')}
      action={
        query.data?.offers.some((offer) => !offer.hostHasMail) && (
          <Button
            component={Link}
            variant="default"
            to="/sites/$siteId/journees/$dayId/cartes"
            params={{ siteId, dayId } as never}
          >
            {t('site.cards')}
          </Button>
        )
      }
    >
      <Answered query={query} shape="table">
        {(data) => (
          <Stack gap="xl">
            <ToSiteArrivals dayId={dayId} siteId={siteId} />
            {data.settled && <Notice title={t(`settled.${data.settled}`)} />}
            {!data.settled && data.published && (
              <Notice
                title={t('site.published')}
                action={
                  <Button
                    component={Link}
                    to={`/journees/${dayId}/confirmations` as '/'}
                    variant="default"
                  >
                    {t('site.confirmations')}
                  </Button>
                }
              >
                {t('site.publishedWhy')}
              </Notice>
            )}
            <Totals data={data} />
            <Offers data={data} />
            <SiteCaps
              key={`${data.limit} ${JSON.stringify(data.caps)}`}
              dayId={dayId}
              data={data}
            />
          </Stack>
        )}
      </Answered>
    </Page>
  )
}

const isGiven = (data: SiteOffers, offer: Offer) =>
  offer.status === 'accepted' &&
  (offer.release === 'released' || (!data.releaseRequired && offer.release === 'pending'))

function Totals({ data }: { data: SiteOffers }) {
  const { t } = useTranslation('slots')
  const words = useWords()
  const live = data.offers.filter(({ status }) => status === 'accepted')
  const toRelease = data.releaseRequired
    ? live.filter(({ release }) => release === 'pending').length
    : 0
  const silent = data.offers.filter(({ status }) => status === 'proposed').length
  const places = data.offers
    .filter((offer) => isGiven(data, offer))
    .reduce((sum, { capacity }) => sum + capacity, 0)
  return (
    <Figures>
      <Figure value={words.count(toRelease)} label={t('site.toRelease', { count: toRelease })} />
      <Figure value={words.count(places)} label={t('site.places', { count: places })} />
      <Figure value={words.count(silent)} label={t('site.silent', { count: silent })} />
    </Figures>
  )
}

function Offers({ data }: { data: SiteOffers }) {
  const { t } = useTranslation('slots')
  const words = useWords()
  const [refusing, setRefusing] = useState<Offer>()
  const [moving, setMoving] = useState<Offer>()
  const movingIn = data.periods.find(({ id }) => id === moving?.periodId)
  if (data.offers.length === 0) {
    return (
      <EmptyState title={t('site.none')} drawing="heart">
        {t('site.noneWhy')}
      </EmptyState>
    )
  }
  return (
    <>
      {data.periods.map((period) => {
        const offers = data.offers.filter(({ periodId }) => periodId === period.id)
        if (offers.length === 0) return null
        const places = offers
          .filter((offer) => isGiven(data, offer))
          .reduce((sum, { capacity }) => sum + capacity, 0)
        const cap = data.caps.find(({ periodId }) => periodId === period.id)?.capacity
        return (
          <Section
            key={period.id}
            title={words.name(period)}
            aside={
              <HeartMeter
                filled={cap === undefined ? places : Math.min(places, cap)}
                total={cap ?? places}
                label={t('site.placesOf', { count: places, cap: cap ?? places })}
              />
            }
          >
            <ul className={classes.offers}>
              {offers.map((offer) => (
                <OfferRow
                  key={offer.id}
                  offer={offer}
                  data={data}
                  onRefuse={() => setRefusing(offer)}
                  onMove={() => setMoving(offer)}
                />
              ))}
            </ul>
          </Section>
        )
      })}
      {moving && movingIn && (
        <MoveDialog
          offer={moving}
          period={movingIn}
          timeZone={data.timeZone}
          published={data.published}
          onClose={() => setMoving(undefined)}
        />
      )}
      {refusing && (
        <RefuseDialog
          offer={refusing}
          published={data.published}
          onClose={() => setRefusing(undefined)}
        />
      )}
    </>
  )
}

function OfferRow({
  offer,
  data,
  onRefuse,
  onMove,
}: {
  offer: Offer
  data: SiteOffers
  onRefuse: () => void
  onMove: () => void
}) {
  const { t } = useTranslation('slots')
  const words = useWords()
  const release = useCall(slotsRoutes.release, { refresh: [['api', 'days']] })
  const role = data.roles.find(({ id }) => id === offer.roleId)
  const live = ['proposed', 'accepted', 'paused'].includes(offer.status)
  const set = (body: { release: 'released' } | { release: 'pending' }) =>
    release.mutate({ params: { slotId: offer.id }, body })
  const conditions = (['noCalls', 'accessible', 'safetyEquipment'] as const).filter(
    (condition) => offer[condition],
  )
  return (
    <li className={classes.offer} data-faded={!live || offer.release === 'refused' || undefined}>
      <div>
        <p className={classes.who}>{offer.hostName}</p>
        <p className={classes.soft}>
          {[role && words.name(role), offer.hostHasMail ? '' : t('site.byCard')]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <div>
        <p>
          {words.hours(offer, data.timeZone)} · {t('card.people', { count: offer.capacity })}
        </p>
        <div className={classes.marks}>
          <Badge>{t(`status.${offer.status}`)}</Badge>
          {offer.release !== 'pending' && <Badge>{t(`release.${offer.release}`)}</Badge>}
          {conditions.map((condition) => (
            <Badge key={condition}>{t(`short.${condition}`)}</Badge>
          ))}
        </div>
        {(offer.refusedReason || offer.note) && (
          <p className={classes.soft}>{offer.refusedReason ?? offer.note}</p>
        )}
        <HandoverSeen dayId={offer.dayId} slotId={offer.id} timeZone={data.timeZone} />
        <Refused error={release.error} />
      </div>
      {live && !data.settled && (
        <div className={classes.acts}>
          {offer.release !== 'released' && (
            <Button
              variant="default"
              loading={release.isPending}
              aria-label={t('site.releaseOf', { name: offer.hostName })}
              onClick={() => set({ release: 'released' })}
            >
              {t('site.release')}
            </Button>
          )}
          {offer.status === 'accepted' && (
            <Button
              variant="subtle"
              color="ink"
              aria-label={t('site.moveOf', { name: offer.hostName })}
              onClick={onMove}
            >
              {t('site.move')}
            </Button>
          )}
          {offer.release !== 'refused' ? (
            <Button
              variant="subtle"
              color="ink"
              disabled={release.isPending}
              aria-label={t('site.refuseOf', { name: offer.hostName })}
              onClick={onRefuse}
            >
              {t('site.refuse')}
            </Button>
          ) : (
            <Button
              variant="subtle"
              color="ink"
              disabled={release.isPending}
              onClick={() => set({ release: 'pending' })}
            >
              {t('site.undo')}
            </Button>
          )}
        </div>
      )}
    </li>
  )
}

function RefuseDialog({
  offer,
  published,
  onClose,
}: {
  offer: Offer
  published: boolean
  onClose: () => void
}) {
  const { t } = useTranslation(['slots', 'app'])
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const refuse = useCall(slotsRoutes.release, { refresh: [['api', 'days']] })
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('site.refuseTitle', { name: offer.hostName })}
      confirm={t('site.refuse')}
      cancel={t('app:cancel')}
      close={t('app:close')}
      busy={refuse.isPending}
      onConfirm={() => {
        if (reason.trim() === '') return setMissing(true)
        refuse.mutate(
          { params: { slotId: offer.id }, body: { release: 'refused', reason } },
          { onSuccess: onClose },
        )
      }}
    >
      <Stack>
        {published && offer.status === 'accepted' && <p>{t('site.refuseTold')}</p>}
        <Textarea
          error={missing && reason.trim() === '' && t('site.reasonMissing')}
          required
          withAsterisk={false}
          label={t('site.reason')}
          description={t('site.reasonHint')}
          maxLength={300}
          rows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Refused error={refuse.error} />
      </Stack>
    </ConfirmDialog>
  )
}
