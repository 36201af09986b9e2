import { Button, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Answer } from '#shared/confirmations/confirmations.contract.ts'
import { type Handover, handoversRoutes as routes } from '#shared/handovers/handovers.contract.ts'
import { ApiProblem, call, queryFor } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Loading } from '../../ui/Loading.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlayingCard } from '../../ui/PlayingCard.tsx'
import { drawingOf, initialOf } from '../roster/roster.cards.ts'
import classes from './Handovers.module.css'

/** Where the colleague asked decides, without any account. Opening it changes nothing. */
export function HandoverLinkPage() {
  const { t } = useTranslation('handovers')
  const { token } = useParams({ from: '/relais/$token' })
  const handover = useQuery({ ...queryFor(routes.link, { params: { token } }), retry: false })
  if (handover.data) return <Asked handover={handover.data} token={token} />
  if (handover.isPending) return <Loading label={t('loading')} shape="cards" count={1} />
  const stale =
    handover.error instanceof ApiProblem && handover.error.problem.code === 'link-expired'
  return (
    <Page title={t(stale ? 'stale.title' : 'failed.title')} width="narrow">
      <Notice tone={stale ? 'info' : 'error'} title={handover.error.message}>
        {t(stale ? 'stale.text' : 'failed.text')}
      </Notice>
    </Page>
  )
}

function Asked({ handover, token }: { handover: Handover; token: string }) {
  const { t } = useTranslation('handovers')
  const words = useWords()
  const { status, day, role, site, slotToken } = handover
  const pending = status === 'pending'
  const values = { name: handover.firstName, other: handover.askedBy }
  return (
    <Page
      title={t(pending ? 'link.title' : `became.${status}.title`, values)}
      kicker={`${day.name} · ${words.fullDate(day.date)}`}
      lead={pending ? t('link.hello', values) : undefined}
      width="narrow"
    >
      <Stack gap="lg" align="center">
        {(pending || slotToken) && (
          <div className={classes.card}>
            <PlayingCard
              size="lg"
              level={2}
              motion="deal"
              index={initialOf(role)}
              drawing={drawingOf(role)}
              kicker={words.dayOf(handover.startsAt, day.timeZone)}
              title={words.name(role)}
              lead={words.hours(handover, day.timeZone)}
            >
              <p className={classes.place}>
                <strong>{site.name}</strong>
                <br />
                {site.address}, {site.postcode} {site.town}
              </p>
              <p className={classes.place}>
                {handover.guests > 0
                  ? t('link.guests', { count: handover.guests })
                  : t('link.upTo', { count: handover.capacity })}
              </p>
              {handover.note && <p className={classes.soft}>{handover.note}</p>}
            </PlayingCard>
          </div>
        )}
        {pending ? (
          <Decide handover={handover} token={token} />
        ) : (
          <Notice
            tone={slotToken ? 'success' : 'info'}
            title={t(`became.${status}.text`, values)}
            action={
              slotToken && (
                <Button component={Link} to={`/creneau/${slotToken}` as '/'}>
                  {t('became.open')}
                </Button>
              )
            }
          />
        )}
      </Stack>
    </Page>
  )
}

function Decide({ handover, token }: { handover: Handover; token: string }) {
  const { t, i18n } = useTranslation('handovers')
  const words = useWords()
  const { visit, day } = handover
  const client = useQueryClient()
  const answer = useMutation({
    mutationFn: (said: Answer) =>
      call(routes.answer, {
        params: { token },
        body: { answer: said, givesUp: visit?.placementId ?? null },
      }),
    // Also after a refusal: it says that things have changed meanwhile.
    onSettled: () => client.invalidateQueries({ queryKey: ['api'] }),
  })
  const busy = (said: Answer) => answer.isPending && answer.variables === said
  const until = words.until(handover.expiresAt, day.timeZone)
  return (
    <div className={classes.answer}>
      <Refused error={answer.error} />
      {visit && (
        <Notice tone="warn" title={t('link.visit.title')}>
          {t('link.visit.text', {
            role: i18n.language === 'en' ? visit.roleEn : visit.roleFr,
            site: visit.siteName,
            hours: words.hours(visit, day.timeZone),
          })}
        </Notice>
      )}
      <Button size="lg" fullWidth loading={busy('yes')} onClick={() => answer.mutate('yes')}>
        {t(visit ? 'link.yesInstead' : 'link.yes')}
      </Button>
      <Button
        size="lg"
        fullWidth
        variant="default"
        loading={busy('no')}
        onClick={() => answer.mutate('no')}
      >
        {t('link.no')}
      </Button>
      <p className={classes.soft}>{t('link.until', { until })}</p>
    </div>
  )
}
